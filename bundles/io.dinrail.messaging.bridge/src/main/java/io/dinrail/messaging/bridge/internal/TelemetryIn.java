package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingIntake;
import io.dinrail.json.api.JsonException;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes devices' telemetry off the broker at once, decodes it on a thread of its own and hands it to the bus. Immediate, so that what waits outlives the
 * broker.
 */
@Component(
        immediate = true,
        service = {MessageListener.class, LossCounter.class},
        property = MessageListener.FILTER + "=telemetry/#")
public final class TelemetryIn implements MessageListener, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryIn.class);

    private static final Duration LAST = Duration.ofSeconds(2);

    private final FairQueue queue = new FairQueue();
    private final IntakeSlot intake = new IntakeSlot();
    private final LossTally losses;
    private final IngestedReadings ingested;
    private final Worker worker;

    @Activate
    public TelemetryIn(@Reference IngestedReadings ingested) {
        this(ingested, Clock.systemUTC());
    }

    TelemetryIn(IngestedReadings ingested, Clock clock) {
        this.ingested = ingested;
        this.losses = new LossTally(clock);
        this.worker = new Worker("dinrail-ingest", this::takeIn);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIntake(ReadingIntake arrived) {
        intake.put(arrived);
    }

    void unbindIntake(ReadingIntake gone) {
        intake.remove(gone);
    }

    /** What the broker has handed over it has acknowledged: it is taken in as far as that is possible now. */
    @Deactivate
    void stop() {
        int left = drained();
        worker.stop();
        if (left > 0) {
            LOG.warn("{} telemetry messages are lost: the bus did not take them until the end", left);
        }
    }

    private int drained() {
        try {
            return queue.drain(intake.isEmpty() ? Duration.ZERO : LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void heard(Message message, String sender, Instant at) {
        Telemetry.of(message.topic(), message.payload(), at)
                .ifPresentOrElse(
                        this::keep, () -> refuse(sender, "topic " + shown(message.topic()) + " is no telemetry"));
    }

    @Override
    public Map<String, Long> losses() {
        return losses.counts();
    }

    private void keep(Telemetry telemetry) {
        if (queue.offer(telemetry) > 0
                && losses.count("telemetry.shed", telemetry.device().value())) {
            LOG.warn(
                    "{}: telemetry comes faster than it can be taken in, so the oldest is shed; dinrail:status counts it",
                    telemetry.device());
        }
    }

    private void takeIn() throws InterruptedException {
        List<Telemetry> batch = queue.take();
        List<Reading> readings = new ArrayList<>();
        batch.forEach(telemetry -> readings.addAll(decoded(telemetry)));
        ingested.add(readings);
        try {
            intake.record(readings);
        } catch (RuntimeException | Error e) {
            ingested.forget(readings);
            failed(batch.get(0).device(), batch.size(), e);
        }
    }

    private void failed(DeviceId device, int messages, Throwable cause) {
        if (losses.count("telemetry.failed", device.value(), messages)) {
            LOG.error("{}: {} telemetry messages are lost, because the bus failed on them", device, messages, cause);
        }
    }

    private List<Reading> decoded(Telemetry telemetry) {
        try {
            return telemetry.decode();
        } catch (JsonException
                | RuntimeException e) { // whatever is wrong with one message is its sender's trouble only
            refuse(telemetry.device().value(), String.valueOf(e.getMessage()));
            return List.of(telemetry.malformed());
        }
    }

    private void refuse(String who, String why) {
        if (losses.count("telemetry.malformed", who)) {
            LOG.warn(
                    "{}: a telemetry payload can't be read ({}); mend the device, dinrail:status counts them",
                    who,
                    why);
        }
    }

    private static String shown(String topic) {
        String start = topic.length() > 80 ? topic.substring(0, 80) + "…" : topic;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
