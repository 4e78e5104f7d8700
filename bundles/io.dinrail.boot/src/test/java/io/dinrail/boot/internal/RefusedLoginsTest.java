package io.dinrail.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RefusedLoginsTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final RefusedLogins refused = new RefusedLogins(clock);
    private final FakeAudit log = new FakeAudit();

    @Test
    void aFloodIsCountedAndToldNowAndThen() {
        refused.audit(Optional.of(log));

        for (int i = 0; i < 1_000; i++) {
            refused.add("root", "192.0.2.1");
        }
        clock.advance(Duration.ofSeconds(10));
        refused.add("x".repeat(1_000), "192.0.2.2");

        assertThat(log.lines)
                .containsExactly(
                        "ssh 192.0.2.1 login.refused root no key of that person",
                        "ssh 192.0.2.2 login.refused " + "x".repeat(200) + " the last of 1000 since the one before");
    }

    @Test
    void whatHappenedWhileIdentityWasAwayIsToldAfterwards() {
        refused.add("root", "192.0.2.1");
        refused.audit(Optional.of(log));
        refused.add("root", "192.0.2.1");

        assertThat(log.lines).hasSize(1).first().asString().endsWith("the last of 2 since the one before");
    }
}
