package io.dinrail.identity.h2.internal.audit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts failures of many, each within a window of time; forgets who was heard of longest ago. Safe for use by many threads, O(1). */
final class Failures {
    private final long window;
    private final long wait;
    private final int most;
    private final LongSupplier nanos;
    private int tooMany;
    private final Map<Object, Count> counts = new LinkedHashMap<>(64, 0.75F, true);

    /**
     * Makes an empty table.
     *
     * @param wait how long too many count, from the last of them; zero for as long as the window.
     */
    Failures(int tooMany, Duration window, Duration wait, int most, LongSupplier nanos) {
        this.tooMany = tooMany;
        this.window = window.toNanos();
        this.wait = wait.toNanos();
        this.most = most;
        this.nanos = nanos;
    }

    /** Failures since a time. */
    private static final class Count {
        private long since;
        private long last;
        private int failures;
    }

    synchronized void limit(int failures) {
        tooMany = failures;
    }

    synchronized boolean areTooMany(Object who) {
        Count count = counts.get(who);
        return count != null && areTooMany(count, nanos.getAsLong());
    }

    synchronized void add(Object who) {
        long now = nanos.getAsLong();
        Count count = counts.get(who);
        if (count == null) {
            count = new Count();
            count.since = now;
            counts.put(who, count);
            forgetOldest();
        } else if (!areTooMany(count, now) && (count.failures >= tooMany || now - count.since >= window)) {
            count.since = now;
            count.failures = 0;
        }
        if (!areTooMany(count, now)) {
            count.failures++;
            count.last = now;
        }
    }

    synchronized void forget(Object who) {
        counts.remove(who);
    }

    synchronized int size() {
        return counts.size();
    }

    private boolean areTooMany(Count count, long now) {
        return count.failures >= tooMany && (wait > 0 ? now - count.last < wait : now - count.since < window);
    }

    private void forgetOldest() {
        if (counts.size() > most) {
            counts.remove(counts.keySet().iterator().next());
        }
    }
}
