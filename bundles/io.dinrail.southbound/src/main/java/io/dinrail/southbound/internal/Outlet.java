package io.dinrail.southbound.internal;

import io.dinrail.event.api.ReadingIntake;
import io.dinrail.model.api.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance's way onto the bus. What the bus can't take now waits here in order, bounded. Guarded by the lock of its {@link TagBoard}. */
final class Outlet {
    static final int LONGEST = 10_000;
    private static final int AT_ONCE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final String name;
    private final Supplier<Optional<ReadingIntake>> intake;
    private final Counters counters;
    private final Losses losses;
    private final Deque<Reading> waiting = new ArrayDeque<>();
    private boolean blocked;
    private volatile int size;

    Outlet(String name, Supplier<Optional<ReadingIntake>> intake, Counters counters, Losses losses) {
        this.name = name;
        this.intake = intake;
        this.counters = counters;
        this.losses = losses;
    }

    /** Sends readings behind those that wait. */
    void send(List<Reading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        counters.add(Counter.READINGS, readings.size());
        if (waiting.isEmpty() && taken(readings)) {
            return;
        }
        waiting.addAll(readings);
        while (waiting.size() > LONGEST) {
            waiting.removeFirst();
            counters.add(Counter.LOST, 1);
            losses.backlogFull(1);
        }
        size = waiting.size();
    }

    /** @return how many readings wait, about. */
    int waiting() {
        return size;
    }

    /** Tries again to send what waits. */
    void flush() {
        while (!waiting.isEmpty()) {
            List<Reading> next = new ArrayList<>(waiting.stream().limit(AT_ONCE).toList());
            if (!taken(next)) {
                return;
            }
            next.forEach(reading -> waiting.removeFirst());
            size = waiting.size();
        }
    }

    private boolean taken(List<Reading> readings) {
        Optional<ReadingIntake> bus = intake.get();
        if (bus.isEmpty()) {
            return blocked("the bus is away");
        }
        try {
            bus.get().record(readings);
        } catch (RuntimeException e) { // also of a bus whose bundle is just stopping: nothing was taken either
            return blocked(String.valueOf(e.getMessage()));
        }
        if (blocked) {
            blocked = false;
            LOG.info("{}: the bus takes readings again", name);
        }
        return true;
    }

    private boolean blocked(String why) {
        if (!blocked) {
            blocked = true;
            LOG.warn("{}: readings wait, at most {} of them, since the bus takes none: {}", name, LONGEST, why);
        }
        return false;
    }
}
