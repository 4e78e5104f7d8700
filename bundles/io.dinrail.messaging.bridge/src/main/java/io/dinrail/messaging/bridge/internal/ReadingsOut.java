package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingConsumer;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.model.api.TagId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every reading that did not come in over MQTT on {@code telemetry/{device}/{tag}}. While the broker is away the journal keeps its place. Immediate,
 * so that how far a batch went is known however the journal comes and goes.
 */
@Component(
        immediate = true,
        service = {ReadingConsumer.class, LossCounter.class},
        configurationPid = "io.dinrail.messaging.bridge",
        property = ReadingConsumer.NAME + "=mqtt")
public final class ReadingsOut implements ReadingConsumer, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingsOut.class);
    private static final String LOST = "mqtt.readings-not-published";

    private final BrokerSlot broker = new BrokerSlot();
    private final LossTally losses = new LossTally(Clock.systemUTC());
    private final Lock feeding = new ReentrantLock();
    private final OfferedBatch batch = new OfferedBatch();
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
        if (!feeding.tryLock()) {
            feeding.lockInterruptibly(); // a call that hung and was given up is here still
        }
        try {
            batch.begin(readings);
            while (batch.hasNext()) {
                publishNext();
            }
            batch.end();
            ingested.forget(readings.stream().map(RecordedReading::reading).toList());
        } finally {
            feeding.unlock();
        }
    }

    private void publishNext() throws InterruptedException {
        RecordedReading next = batch.next();
        TagId tag = next.reading().tag();
        try {
            if (!ingested.contains(next.reading())) {
                broker.publish(
                        new Message("telemetry/" + tag.device() + "/" + tag.tag(), Payloads.reading(next), qos, false));
            }
        } catch (RuntimeException e) {
            if (!batch.failed()) {
                throw e;
            }
            if (losses.count(LOST)) {
                LOG.warn("{}: a reading could not be published and is left out", tag, e);
            }
        }
        batch.done();
    }

    @Override
    public void lost(Gap gap) {
        losses.count(LOST, "", gap.count()); // the journal has logged it; subscribers see it in seq
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }
}
