package io.dinrail.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until a test turns it; safe for use by many threads. */
public final class ManualClock extends Clock {
    private final AtomicReference<Duration> since = new AtomicReference<>(Duration.ZERO);
    private final Instant start;

    /**
     * Makes a clock.
     *
     * @param start what it shows first.
     */
    public ManualClock(Instant start) {
        this.start = start;
    }

    /**
     * Turns the clock on.
     *
     * @param time by how much.
     */
    public void advance(Duration time) {
        since.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant instant() {
        return start.plus(since.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalStateException("this clock knows UTC only");
    }
}
