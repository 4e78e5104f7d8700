package io.dinrail.identity.h2.internal.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets so many a minute through, of each source and in all, and counts the rest. Bounded, safe for use by many threads. */
final class Sampler {
    /** The source of what came from too many sources to tell apart. */
    static final String OTHERS = "elsewhere";

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST_SOURCES = 1_000;
    private static final int MOST_LEFTOVERS = 100;

    private final int ofEach;
    private final int inAll;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, Leftover> left = new HashMap<>();
    private final Map<String, Leftover> due = new HashMap<>();
    private long begin;
    private int taken;

    Sampler(int ofEach, int inAll, Clock clock, LongSupplier nanos) {
        this.ofEach = ofEach;
        this.inAll = inAll;
        this.clock = clock;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /**
     * What was not let through.
     *
     * @param count how many.
     * @param since when the first of them came.
     */
    record Leftover(String source, long count, Instant since) {
        private Leftover plus(Leftover later) {
            return new Leftover(source, count + later.count, since);
        }
    }

    synchronized boolean takes(String source) {
        turn();
        int count = seen.getOrDefault(source, 0);
        boolean isKnown = count > 0 || seen.size() < MOST_SOURCES;
        if (isKnown) {
            seen.put(source, Math.min(count + 1, ofEach));
        }
        if (isKnown && count < ofEach && taken < inAll) {
            taken++;
            return true;
        }
        String counted = left.containsKey(source) || left.size() < MOST_LEFTOVERS ? source : OTHERS;
        left.merge(counted, new Leftover(counted, 1, clock.instant()), Leftover::plus);
        return false;
    }

    /** @return what the minutes that are over left out, once. */
    synchronized List<Leftover> due() {
        turn();
        List<Leftover> all = new ArrayList<>(due.values());
        due.clear();
        return all;
    }

    private void turn() {
        if (nanos.getAsLong() - begin < MINUTE) {
            return;
        }
        begin = nanos.getAsLong();
        taken = 0;
        seen.clear();
        for (Leftover leftover : left.values()) {
            String source =
                    due.containsKey(leftover.source()) || due.size() < MOST_LEFTOVERS ? leftover.source() : OTHERS;
            due.merge(source, new Leftover(source, leftover.count(), leftover.since()), Leftover::plus);
        }
        left.clear();
    }
}
