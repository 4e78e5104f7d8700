package io.dinrail.identity.h2.internal.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that never goes back: what has ended stays ended when the machine's clock is set back. It follows the machine's clock forward, and goes on at
 * its own pace while that one is behind. Safe for use by many threads; asking allocates nothing.
 */
public final class SteadyClock extends Clock {
    private static final SteadyClock SYSTEM = new SteadyClock(Clock.systemUTC(), System::nanoTime);
    private static final long NANOS = 1_000_000;

    private final Clock wall;
    private final LongSupplier nanos;
    private final AtomicLong ahead; // of nanos, in ms: only ever grows

    public SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.ahead = new AtomicLong(wall.millis() - Math.floorDiv(nanos.getAsLong(), NANOS));
    }

    /** @return the one of this process. */
    public static SteadyClock system() {
        return SYSTEM;
    }

    @Override
    public long millis() {
        long own = Math.floorDiv(nanos.getAsLong(), NANOS);
        long now = wall.millis() - own;
        long before = ahead.get();
        while (now > before && !ahead.compareAndSet(before, now)) {
            before = ahead.get();
        }
        return own + Math.max(now, before);
    }

    /** @return how far the machine's clock was set back. */
    Duration behind() {
        return Duration.ofMillis(millis() - wall.millis());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
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
