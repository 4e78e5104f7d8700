package io.dinrail.identity.h2.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final ManualClock wall = new ManualClock(NOON);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final SteadyClock clock = new SteadyClock(wall, nanos::get);

    @Test
    void itFollowsTheMachinesClockForward() {
        wall.advance(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3_600));
        assertThat(clock.behind()).isZero();
    }

    @Test
    void itGoesOnByItselfWhileTheMachinesClockIsBehind() {
        wall.advance(Duration.ofHours(-1));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(7));

        assertThat(clock.instant()).isBetween(NOON.plusMillis(6_999), NOON.plusMillis(7_001));
        assertThat(clock.behind()).isBetween(Duration.ofMillis(3_606_999), Duration.ofMillis(3_607_001));
    }

    @Test
    void itNeverGoesBack() {
        wall.advance(Duration.ofHours(1));
        Instant seen = clock.instant();

        wall.advance(Duration.ofDays(-1));

        assertThat(clock.instant()).isEqualTo(seen);
    }
}
