package io.dinrail.event.admin.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one message a minute through, so that a lasting trouble doesn't fill the log; safe for use by many threads. */
final class Occasional {
    private static final long PAUSE = Duration.ofMinutes(1).toMillis();

    private final Clock clock;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    Occasional(Clock clock) {
        this.clock = clock;
    }

    boolean isDue() {
        long now = clock.millis();
        long due = next.get();
        return now >= due && next.compareAndSet(due, now + PAUSE);
    }
}
