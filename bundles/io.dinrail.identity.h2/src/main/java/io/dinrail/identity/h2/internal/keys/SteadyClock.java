package io.dinrail.identity.h2.internal.keys;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Wall time that never goes back: a clock set back can't revive what has ended. Follows a clock set forward. */
final class SteadyClock {
    private final Clock wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchoredAt;

    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = wall.instant();
        this.anchoredAt = nanos.getAsLong();
    }

    static SteadyClock ofSystem() {
        return new SteadyClock(Clock.systemUTC(), System::nanoTime);
    }

    synchronized Instant instant() {
        long read = nanos.getAsLong();
        Instant passed = anchor.plusNanos(read - anchoredAt);
        Instant shown = wall.instant();
        if (shown.isBefore(passed)) {
            return passed;
        }
        anchor = shown;
        anchoredAt = read;
        return shown;
    }
}
