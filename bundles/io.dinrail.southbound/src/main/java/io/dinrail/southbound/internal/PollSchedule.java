package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which poll classes of a lane are due when. Drift-free: the next time is counted from the last due time, not from when the poll was done. A class that
 * missed times gets one poll for all of them, and the others are counted as overruns. After the first poll, which is at once, the beat of all classes is
 * moved by the same part of the shortest period, so that many instances that start together don't poll in step. For one thread.
 */
final class PollSchedule {
    private final Map<Duration, Long> next = new HashMap<>();
    private double toSpread;
    private long overruns;

    /** Takes the periods in use; those known keep their beat, new ones are due now. */
    void use(Collection<Duration> periods, long now) {
        next.keySet().retainAll(new HashSet<>(periods));
        periods.forEach(period -> next.putIfAbsent(period, now));
    }

    /** @return the periods in use. */
    Set<Duration> periods() {
        return Set.copyOf(next.keySet());
    }

    /**
     * Makes everything due now, after a time in which nothing could be polled.
     *
     * @param part of the shortest period by which the beat is moved after that, from 0 to 1.
     */
    void restart(long now, double part) {
        next.replaceAll((period, due) -> now);
        toSpread = part;
    }

    /** Of the times missed until now only the last still counts: in between nothing was to be polled. */
    void forgive(long now) {
        next.replaceAll((period, due) -> due + Math.max(0, (now - due) / period.toNanos()) * period.toNanos());
    }

    /** Tells what is due, and takes it as polled. */
    Set<Duration> due(long now) {
        Set<Duration> due = new HashSet<>();
        for (Map.Entry<Duration, Long> entry : next.entrySet()) {
            long late = now - entry.getValue();
            if (late >= 0) {
                long period = entry.getKey().toNanos();
                due.add(entry.getKey());
                overruns += late / period;
                entry.setValue(entry.getValue() + (late / period + 1) * period);
            }
        }
        if (!due.isEmpty()) {
            spread();
        }
        return due;
    }

    /** Nothing waits longer than its period for it: all come earlier by the same time, so that classes keep meeting. */
    private void spread() {
        long shortest =
                next.keySet().stream().mapToLong(Duration::toNanos).min().orElse(0);
        long earlier = Math.round(shortest * toSpread);
        toSpread = 0;
        next.replaceAll((period, due) -> due - earlier);
    }

    /** Tells how long until something is due, in nanoseconds; negative if it is overdue, empty if there is nothing to poll. */
    OptionalLong untilNext(long now) {
        return next.values().stream().mapToLong(due -> due - now).min();
    }

    /** Hands over the overruns since the last time. */
    long takeOverruns() {
        long taken = overruns;
        overruns = 0;
        return taken;
    }
}
