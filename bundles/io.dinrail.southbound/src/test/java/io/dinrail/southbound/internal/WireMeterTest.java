package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireMeterTest {
    private final WireMeter meter = new WireMeter();

    private Map<String, Long> shown() {
        Map<String, Long> view = new HashMap<>();
        meter.show(view);
        return view;
    }

    @Test
    void callsAreNoRequestsOnceTheConnectorCounts() {
        meter.called();
        meter.returned(5);
        assertThat(shown()).containsEntry("requests", 1L).containsEntry("answers", 1L);
        meter.requested(8);
        meter.called();
        assertThat(shown())
                .containsEntry("requests", 1L)
                .containsEntry("answers", 0L)
                .containsEntry("bytesOut", 8L);
    }

    @Test
    void ofTooManyKindsTheLaterAreCountedTogether() {
        for (int kind = 0; kind < 100; kind++) {
            meter.invalid("kind-" + kind);
        }
        assertThat(shown())
                .containsEntry("invalid", 100L)
                .containsEntry("invalid.other", 68L)
                .hasSizeLessThan(50);
    }

    @Test
    void theQuantilesAreThoseOfTheLastAnswers() {
        meter.requested(0);
        for (int i = 0; i < 5_000; i++) {
            meter.answered(0, i < 3_000 ? 9_000_000_000L : (i % 100) * 1_000);
        }
        assertThat(shown().get("roundTripP50Micros")).isBetween(45L, 55L);
        assertThat(shown().get("roundTripP99Micros")).isBetween(97L, 99L);
    }
}
