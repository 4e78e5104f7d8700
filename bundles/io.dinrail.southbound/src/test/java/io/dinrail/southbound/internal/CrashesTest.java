package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CrashesTest {
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Crashes crashes = new Crashes(new Timepiece(
            clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos()));

    @Test
    void fiveWithinTenMinutesAreTooMany() {
        for (int i = 0; i < 4; i++) {
            assertThat(crashes.oneMore()).isFalse();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(crashes.oneMore()).isTrue();
    }

    @Test
    void fiveInALongerTimeAreNot() {
        for (int i = 0; i < 20; i++) {
            assertThat(crashes.oneMore()).isFalse();
            clock.advance(Duration.ofMinutes(3));
        }
    }
}
