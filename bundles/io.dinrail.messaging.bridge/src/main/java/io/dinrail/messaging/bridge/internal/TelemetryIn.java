package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingIntake;
import io.dinrail.json.api.JsonException;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.model.api.Reading;
import java.time.Clock;
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

/** Takes devices' telemetry off the broker at once, decodes it on a thread of its own and hands it to the bus. */
@Component(
        service = {MessageListener.class, LossCounter.class},
        property = MessageListener.FILTER + "=telemetry/#")
public final class TelemetryIn implements MessageListener, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryIn.class);

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

    @Deactivate
    void stop() {
        worker.stop();
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
        List<Reading> readings = new ArrayList<>();
        for (Telemetry telemetry : queue.take()) {
            readings.addAll(decoded(telemetry));
        }
        ingested.add(readings);
        intake.record(readings);
    }

    private List<Reading> decoded(Telemetry telemetry) {
        try {
            return telemetry.decode();
        } catch (JsonException e) {
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
