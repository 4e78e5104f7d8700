package io.dinrail.demo.labeller.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabellerProcessTest {
    private final LabellerProcess process = new LabellerProcess();

    @Test
    void labelsAreCountedAtTheSpeedWhileItRuns() {
        process.speed(120);
        process.step(Duration.ofSeconds(30));
        assertThat(process.labels()).isEqualTo(60);
        process.running(false);
        process.step(Duration.ofSeconds(30));
        assertThat(process.labels()).isEqualTo(60);
    }

    @Test
    void theGlueStaysWarmWhileItRunsAndCoolsWhenItStops() {
        for (int i = 0; i < 600; i++) {
            process.step(Duration.ofMillis(200));
            assertThat(process.temperature()).isBetween(157.0, 164.0);
        }
        process.running(false);
        process.step(Duration.ofMinutes(5));
        assertThat(process.temperature()).isLessThan(143);
    }

    @Test
    void aSpeedOutOfRangeIsLimited() {
        process.speed(601);
        assertThat(process.speed()).isEqualTo(600);
        process.speed(-1);
        assertThat(process.speed()).isZero();
        process.speed(Double.NaN);
        assertThat(process.speed()).isZero();
    }
}
