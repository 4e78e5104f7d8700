package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Lanes lanes = new Lanes(clock);

    @Test
    void aSilentUnitRestsTwiceAsLongEachTime() {
        lanes.silent(3);
        assertThat(lanes.rests(3)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(lanes.rests(3)).isFalse();
        lanes.silent(3);
        clock.advance(Duration.ofMillis(1999));
        assertThat(lanes.rests(3)).isTrue();
        lanes.answered(3);
        assertThat(lanes.rests(3)).isFalse();
    }

    @Test
    void theConnectionIsDeadWhenNoUnitIsLeftThatMayAnswer() {
        lanes.silent(1);
        assertThat(lanes.isDead(Set.of(1))).isTrue();
        assertThat(lanes.isDead(Set.of(1, 2))).isFalse();
        lanes.silent(2);
        assertThat(lanes.isDead(Set.of(1, 2))).isTrue();
    }

    @Test
    void theConnectionIsDeadWhenThreeInARowWereSilent() {
        lanes.silent(1);
        lanes.silent(1);
        lanes.answered(2);
        lanes.silent(1);
        assertThat(lanes.isDead(Set.of(1, 2))).isFalse();
        lanes.silent(1);
        lanes.silent(1);
        assertThat(lanes.isDead(Set.of(1, 2))).isTrue();
    }

    @Test
    void aGatewayThatSpeaksForAnUnreachableUnitIsAlive() {
        lanes.unreachable(1);
        assertThat(lanes.rests(1)).isTrue();
        assertThat(lanes.isDead(Set.of(1))).isFalse();
    }
}
