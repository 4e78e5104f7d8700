package io.dinrail.identity.h2.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualClock wall = new ManualClock(NOON);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final SteadyClock clock = new SteadyClock(wall, nanos::get);

    @Test
    void itFollowsAClockSetForward() {
        wall.advance(Duration.ofDays(1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void itGoesOnWhenTheClockIsSetBackEvenIfNobodyLookedBetween() {
        nanos.addAndGet(Duration.ofHours(2).toNanos()); // over the end of the numbers
        wall.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(3)));
    }
}
