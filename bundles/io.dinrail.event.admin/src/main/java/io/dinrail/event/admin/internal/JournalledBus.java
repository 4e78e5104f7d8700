package io.dinrail.event.admin.internal;

import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingIntake;
import io.dinrail.event.api.ReadingsRecorded;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers readings, puts them into the ring and the live table, and tells Event Admin. */
@Component(
        configurationPid = "io.dinrail.event.admin",
        service = {ReadingIntake.class, Journal.class, LiveReadings.class, LossCounter.class, JournalledBus.class})
@Designate(ocd = JournalConfig.class)
public final class JournalledBus implements ReadingIntake, Journal, LiveReadings, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalledBus.class);
    private static final int BLOCK = 10_000;
    private static final int LIVE_TAGS = 200_000;
    private static final int FEWEST = 1_000;
    private static final int MOST = 10_000_000;

    private final EventAdmin events;
    private final Path folder;
    private final Sequences sequences;
    private final Ring ring;
    private final ConsumerPlaces places;
    private final LiveTable live = new LiveTable(LIVE_TAGS);
    private final Occasional refusals;
    private final Occasional silences;
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();
    /** Numbers and order are one step; it is not the ring's lock, so that consumers and status don't wait for the disk. */
    private final ReentrantLock intake = new ReentrantLock();

    private boolean closed;

    @Activate
    public JournalledBus(@Reference EventAdmin events, BundleContext context, JournalConfig config) {
        this(events, folder(context), checked(config.ring_readings()), BLOCK, Clock.systemUTC());
    }

    JournalledBus(EventAdmin events, Path folder, int capacity, int block, Clock clock) {
        this.events = events;
        this.folder = folder;
        sequences = new Sequences(folder.resolve("sequences"), block, clock);
        ring = new Ring(capacity);
        places = new ConsumerPlaces(
                ring,
                new ConsumersFile(folder.resolve("consumers")),
                clock,
                ConsumerPlaces.PAUSES,
                ConsumerPlaces.PATIENCE);
        refusals = new Occasional(clock);
        silences = new Occasional(clock);
        places.restore();
    }

    private static Path folder(BundleContext context) {
        String data = Optional.ofNullable(context.getProperty("dinrail.data")).orElse("data");
        return Path.of(data, "journal").toAbsolutePath().normalize();
    }

    private static int checked(int readings) {
        if (readings < FEWEST || readings > MOST) {
            throw new IllegalArgumentException("ring.readings in io.dinrail.event.admin.cfg must be " + FEWEST + " to "
                    + MOST + ", not " + readings);
        }
        return readings;
    }

    @Deactivate
    public void close() {
        places.endAll();
        intake.lock();
        try {
            closed = true;
            places.close();
            sequences.close();
        } catch (IOException e) {
            LOG.warn(
                    "The journal did not close cleanly: {}; the next start numbers higher and marks the first readings as resumed.",
                    e.toString());
        } finally {
            intake.unlock();
        }
    }

    ConsumerPlaces places() {
        return places;
    }

    @Override
    public void record(List<Reading> readings) {
        List<Reading> batch = List.copyOf(readings);
        if (batch.isEmpty()) {
            return;
        }
        tell(taken(batch));
    }

    /** The readings are in the journal already: whoever fails here, the caller must not record them again. */
    private void tell(List<RecordedReading> numbered) {
        try {
            events.sendEvent(BusEvents.wrap(new ReadingsRecorded(numbered)));
        } catch (RuntimeException | LinkageError e) {
            untold.addAndGet(numbered.size());
            if (silences.isDue()) {
                LOG.warn(
                        "Event Admin could not be told of readings; the consumers of the feed get them: {}",
                        e.toString());
            }
        }
    }

    private List<RecordedReading> taken(List<Reading> batch) {
        intake.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the journal is closed; try again when the platform is up");
            }
            List<RecordedReading> numbered = sequences.number(batch);
            ring.append(numbered);
            live.update(numbered);
            recorded.addAndGet(numbered.size());
            places.reportOverruns();
            return numbered;
        } catch (IOException e) {
            throw refusal(batch.size(), e);
        } finally {
            intake.unlock();
        }
    }

    private IllegalStateException refusal(int readings, IOException cause) {
        refused.addAndGet(readings);
        String sentence = "No number can be reserved for readings in " + folder + ": " + cause
                + "; check that the folder can be written and its disk has space.";
        if (refusals.isDue()) {
            LOG.error(sentence);
        }
        return new IllegalStateException(sentence, cause);
    }

    @Override
    public Status status() {
        return new Status(recorded.get(), ring.held(), ring.capacity(), refused.get(), places.status());
    }

    @Override
    public List<RecordedReading> all() {
        return live.all();
    }

    @Override
    public Optional<RecordedReading> latest(TagId tag) {
        return live.latest(tag);
    }

    @Override
    public Map<String, Long> losses() {
        Map<String, Long> losses = new LinkedHashMap<>();
        losses.put("reading.unnumbered", refused.get());
        losses.put("reading.untold", untold.get());
        losses.put("live.full", live.refused());
        places.status().forEach(consumer -> losses.put("feed." + consumer.name(), consumer.lost()));
        return losses;
    }
}
