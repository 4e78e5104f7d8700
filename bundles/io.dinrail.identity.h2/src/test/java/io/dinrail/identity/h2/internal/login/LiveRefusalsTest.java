package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.h2.internal.audit.Trail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRefusalsTest {
    private final List<String> reported = new ArrayList<>();
    private long now = -5;
    private final LiveRefusals refusals = new LiveRefusals(new Reports(), () -> now);

    @Test
    void aTopicIsReportedOnceAMinute() {
        deny(PUBLISH, "a");
        deny(PUBLISH, "a");
        deny(SUBSCRIBE, "a");
        turn(61);
        deny(PUBLISH, "a");

        assertThat(reported).containsExactly("PUBLISH a", "SUBSCRIBE a", "PUBLISH a");
    }

    @Test
    void theHundredthWithinAMinuteIsOneTooMany() {
        for (int i = 0; i < 99; i++) {
            assertThat(deny(PUBLISH, "a")).isFalse();
        }
        assertThat(deny(PUBLISH, "b")).isTrue();
        assertThat(deny(PUBLISH, "c")).isTrue();
        turn(61);
        assertThat(deny(PUBLISH, "a")).isFalse();
    }

    @Test
    void aHundredInMoreThanAMinuteAreNotTooMany() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(deny(PUBLISH, "a")).isFalse();
            turn(1);
        }
    }

    @Test
    void manyTopicsAreReportedUntilItIsTooMuch() {
        for (int i = 0; i < 10_000; i++) {
            deny(PUBLISH, "t" + i + "/" + "x".repeat(1_000));
        }

        assertThat(reported).hasSize(99);
    }

    private boolean deny(Action action, String topic) {
        return refusals.denied("press-1", "c", "10.0.0.1", action, topic);
    }

    private void turn(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private final class Reports implements Trail {
        @Override
        public void noted(Actor by, String kind, String subject, String detail) {
            changed(by, kind, subject, detail);
        }

        @Override
        public void changed(Actor by, String kind, String subject, String detail) {}

        @Override
        public void refused(String login, String address, String why) {}

        @Override
        public void denied(String login, String clientId, String address, Action action, String topic) {
            reported.add(action + " " + topic);
        }
    }
}
