package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait before the next try: doubles up to a cap, and differs a little each time so that instances don't try in step. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final double SPREAD = 0.2;

    private final Duration cap;
    private final DoubleSupplier random;
    private Duration next = FIRST;

    /**
     * @param cap the longest wait, before the spread.
     * @param random from 0 to 1.
     */
    Backoff(Duration cap, DoubleSupplier random) {
        this.cap = cap;
        this.random = random;
    }

    Duration next() {
        Duration base = next.compareTo(cap) < 0 ? next : cap;
        next = base.multipliedBy(2);
        double factor = 1 + SPREAD * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos(Math.round(base.toNanos() * factor));
    }

    void reset() {
        next = FIRST;
    }
}
