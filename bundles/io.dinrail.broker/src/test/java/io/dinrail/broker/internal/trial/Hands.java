package io.dinrail.broker.internal.trial;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until somebody turns it; safe for use by many threads. */
final class Hands extends Clock {
    private volatile long now = 1_800_000_000_000L;

    void turn(long milliseconds) {
        now += milliseconds;
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
