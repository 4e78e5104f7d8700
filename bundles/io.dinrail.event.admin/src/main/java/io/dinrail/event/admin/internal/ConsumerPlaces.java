package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.Journal.ConsumerStatus;
import io.dinrail.event.api.ReadingConsumer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every consumer's place, by name; safe for use by many threads. */
final class ConsumerPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerPlaces.class);
    static final int MOST = 64;
    static final List<Duration> PAUSES = List.of(Duration.ofMillis(100), Duration.ofMillis(500));
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Ring ring;
    private final ConsumersFile file;
    private final Clock clock;
    private final List<Duration> pauses;
    private final Duration patience;
    /** By name; of those that are away, the one that left first comes first. */
    private final Map<String, ConsumerLane> lanes = new LinkedHashMap<>();

    /** The same for those who must not wait for the disk while the places are saved. */
    private volatile List<ConsumerLane> all = List.of();

    private boolean unsaved;
    private boolean closed;

    ConsumerPlaces(Ring ring, ConsumersFile file, Clock clock, List<Duration> pauses, Duration patience) {
        this.ring = ring;
        this.file = file;
        this.clock = clock;
        this.pauses = pauses;
        this.patience = patience;
    }

    /** Brings back the places of the last run, before the first reading is recorded. */
    synchronized void restore() {
        try {
            file.read().forEach((name, gaps) -> {
                ConsumerLane lane = new ConsumerLane(name, ring.cursorAtStart(gaps), clock);
                lane.setGapsOnFile(!gaps.isEmpty());
                lanes.put(name, lane);
            });
            all = List.copyOf(lanes.values());
        } catch (IOException e) {
            LOG.error(
                    "The journal's file of consumers cannot be read: {}; consumers start at the newest reading and aren't told what they missed.",
                    e.toString());
        }
    }

    /** Starts to feed a consumer from its place, or from the newest reading if the name is new. */
    synchronized void arrive(String name, ReadingConsumer consumer) {
        if (closed) {
            return;
        }
        ConsumerLane lane = lanes.computeIfAbsent(name, this::newLane);
        if (lane.isPresent()) {
            lane.waiting().add(consumer);
            LOG.warn(
                    "A second consumer has the name {}: it waits until the first is gone; give it a name of its own.",
                    name);
        } else {
            start(lane, consumer);
        }
        dropSurplus();
        all = List.copyOf(lanes.values());
    }

    private ConsumerLane newLane(String name) {
        unsaved = true;
        return new ConsumerLane(name, ring.cursorAtEnd(), clock);
    }

    private void start(ConsumerLane lane, ReadingConsumer consumer) {
        Delivery delivery = new Delivery(lane, consumer, ring, pauses, () -> saveIfDue(lane));
        lane.present(delivery);
        delivery.start();
    }

    private void dropSurplus() {
        while (lanes.size() > MOST) {
            Optional<ConsumerLane> longest =
                    lanes.values().stream().filter(lane -> !lane.isPresent()).findFirst();
            if (longest.isEmpty()) {
                return;
            }
            ConsumerLane dropped = longest.get();
            lanes.remove(dropped.name());
            ring.remove(dropped.cursor());
            LOG.warn(
                    "The place of consumer {} is given up: {} names are kept, and it is away the longest.",
                    dropped.name(),
                    MOST);
        }
    }

    /** Stops to feed a consumer, after the call to it that is running, and keeps its place. */
    void leave(String name, ReadingConsumer consumer) {
        Delivery delivery = ending(name, consumer);
        if (delivery != null) {
            Delivery.awaitEnd(List.of(delivery), patience);
            left(name, delivery);
        }
    }

    private synchronized @Nullable Delivery ending(String name, ReadingConsumer consumer) {
        ConsumerLane lane = lanes.get(name);
        if (lane == null || lane.waiting().removeIf(other -> other == consumer)) {
            return null;
        }
        Delivery delivery = lane.delivery();
        if (delivery != null) {
            delivery.end();
        }
        return delivery;
    }

    private synchronized void left(String name, Delivery delivery) {
        ConsumerLane lane = lanes.get(name);
        if (lane == null || lane.delivery() != delivery) {
            return;
        }
        lane.absent();
        lanes.remove(name);
        lanes.put(name, lane);
        ReadingConsumer next = lane.waiting().poll();
        if (next != null) {
            start(lane, next);
        }
    }

    /** Stops to feed all of them, at once and within a bound. */
    void endAll() {
        Map<String, Delivery> deliveries = allEnding();
        Delivery.awaitEnd(deliveries.values(), patience);
        deliveries.forEach(this::left);
    }

    private synchronized Map<String, Delivery> allEnding() {
        Map<String, Delivery> deliveries = new LinkedHashMap<>();
        for (ConsumerLane lane : lanes.values()) {
            lane.waiting().clear();
            Delivery delivery = lane.delivery();
            if (delivery != null) {
                delivery.end();
                deliveries.put(lane.name(), delivery);
            }
        }
        return deliveries;
    }

    /** Keeps on disk what every consumer has not been given; nothing may be recorded after this. */
    synchronized void close() {
        closed = true;
        save(true);
    }

    /** Says once a minute how much a consumer missed because it was slow or away. Called by one thread at a time. */
    void reportOverruns() {
        for (ConsumerLane lane : all) {
            long overrun = lane.overrunToReport();
            if (overrun > 0) {
                LOG.warn(
                        "The consumer {} {} and missed {} readings that the journal could not keep; it is told which.",
                        lane.name(),
                        lane.isPresent() ? "is slow" : "is away",
                        overrun);
            }
        }
    }

    List<ConsumerStatus> status() {
        return all.stream().map(lane -> lane.status(ring)).toList();
    }

    private synchronized void saveIfDue(ConsumerLane lane) {
        if (!closed && (unsaved || lane.hasGapsOnFile())) {
            save(false);
        }
    }

    private void save(boolean closing) {
        Map<String, List<Gap>> missed = new LinkedHashMap<>();
        lanes.forEach((name, lane) -> {
            missed.put(name, lane.missed(ring, closing));
            lane.setGapsOnFile(!missed.getOrDefault(name, List.of()).isEmpty());
        });
        try {
            file.write(missed);
            unsaved = false;
        } catch (IOException e) {
            LOG.error(
                    "The places of consumers cannot be kept on disk: {}; check that the data folder can be written.",
                    e.toString());
        }
    }
}
