package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingConsumer;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Publishes every reading that did not come in over MQTT on {@code telemetry/{device}/{tag}}. While the broker is away the journal keeps its place. */
@Component(
        service = {ReadingConsumer.class, LossCounter.class},
        configurationPid = "io.dinrail.messaging.bridge",
        property = ReadingConsumer.NAME + "=mqtt")
public final class ReadingsOut implements ReadingConsumer, LossCounter {
    private final BrokerSlot broker = new BrokerSlot();
    private final LongAdder lost = new LongAdder();
    private final IngestedReadings ingested;
    private final int qos;

    /** @throws IllegalArgumentException if a setting is refused. */
    @Activate
    public ReadingsOut(BridgeConfig config, @Reference IngestedReadings ingested) {
        this(config.publish_qos(), ingested);
    }

    ReadingsOut(int qos, IngestedReadings ingested) {
        this.qos = qos;
        this.ingested = ingested;
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("io.dinrail.messaging.bridge: publish.qos is 0, 1 or 2, not " + qos);
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBroker(MessageBroker arrived) {
        broker.put(arrived);
    }

    void unbindBroker(MessageBroker gone) {
        broker.remove(gone);
    }

    @Override
    public void accept(List<RecordedReading> readings) throws InterruptedException {
        for (RecordedReading recorded : readings) {
            if (!ingested.contains(recorded.reading())) {
                TagId tag = recorded.reading().tag();
                broker.publish(new Message(
                        "telemetry/" + tag.device() + "/" + tag.tag(), Payloads.reading(recorded), qos, false));
            }
        }
        ingested.forget(readings.stream().map(RecordedReading::reading).toList());
    }

    @Override
    public void lost(Gap gap) {
        lost.add(gap.count()); // the journal has logged it; subscribers see it in seq
    }

    @Override
    public Map<String, Long> losses() {
        return Map.of("mqtt.readings-not-published", lost.sum());
    }
}
