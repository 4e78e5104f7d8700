package io.dinrail.southbound.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Two clocks: one that people read, and one that is never set, to measure by.
 *
 * @param clock the first.
 * @param ticks the second, in nanoseconds since any moment.
 */
record Timepiece(Clock clock, LongSupplier ticks) {
    static Timepiece system() {
        return new Timepiece(Clock.systemUTC(), System::nanoTime);
    }

    Instant now() {
        return clock.instant();
    }

    long nanos() {
        return ticks.getAsLong();
    }

    boolean passed(long since, Duration limit) {
        return nanos() - since >= limit.toNanos();
    }
}
