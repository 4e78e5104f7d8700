package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsDoubleUpToTheCapAndBeginAnewAfterSuccess() {
        Backoff backoff = new Backoff(Duration.ofSeconds(3), () -> 0.5);
        assertThat(Stream.generate(backoff::next).limit(5).map(Duration::toMillis))
                .containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
        backoff.reset();
        assertThat(backoff.next()).hasMillis(500);
    }

    @Test
    void theyDifferByAFifth() {
        assertThat(new Backoff(Duration.ofSeconds(30), () -> 0).next()).hasMillis(400);
        assertThat(new Backoff(Duration.ofSeconds(30), () -> 1).next()).hasMillis(600);
    }

    @Test
    void theyStayAtTheCapForAsLongAsItTakes() {
        Backoff backoff = new Backoff(Duration.ofSeconds(30), () -> 0.5);
        Duration last = Stream.generate(backoff::next).limit(500).reduce(Duration.ZERO, (a, b) -> b);
        assertThat(last).hasSeconds(30);
    }
}
