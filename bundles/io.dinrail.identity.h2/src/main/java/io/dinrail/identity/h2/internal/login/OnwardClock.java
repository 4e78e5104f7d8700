package io.dinrail.identity.h2.internal.login;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Never goes back within the process's life, so that what has ended stays ended whoever sets the system's clock. Safe for use by many threads. */
public final class OnwardClock extends Clock {
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
    private final Clock clock;

    public OnwardClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        Instant now = clock.instant();
        return latest.accumulateAndGet(now, (known, read) -> read.isAfter(known) ? read : known);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new OnwardClock(clock.withZone(zone));
    }
}
