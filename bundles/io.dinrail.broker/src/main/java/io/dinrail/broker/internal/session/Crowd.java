package io.dinrail.broker.internal.session;

import java.util.concurrent.TimeUnit;

/** Knows whether somebody publishes a little, whom those who publish much must leave room; safe for use by many threads. */
final class Crowd {
    private static final long MEMORY = TimeUnit.SECONDS.toNanos(30);

    private volatile long seenAt = System.nanoTime() - MEMORY;

    /** Somebody published a little. */
    void sees(long now) {
        seenAt = now;
    }

    /** Whether somebody did in the last half minute, and may again. */
    boolean isThere(long now) {
        return now - seenAt < MEMORY;
    }
}
