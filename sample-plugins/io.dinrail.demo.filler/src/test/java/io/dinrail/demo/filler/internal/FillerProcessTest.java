package io.dinrail.demo.filler.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FillerProcessTest {
    private final FillerProcess process = new FillerProcess();

    @Test
    void leftAloneItPassesEightyDegreesAfterTenToFifteenSecondsAndStaysThere() {
        assertThat(secondsUntil(state -> state.temperature() > 80)).isBetween(10.0, 15.0);
        for (int i = 0; i < 600; i++) {
            process.step(Duration.ofMillis(100));
            assertThat(process.state().temperature()).isBetween(80f, 86f);
        }
    }

    @Test
    void aLowSetpointBringsItBelowSeventyEightWithinTenSeconds() {
        process.step(Duration.ofMinutes(1));
        process.setpoint(40);
        assertThat(secondsUntil(state -> state.temperature() < 78)).isLessThan(10);
    }

    @Test
    void aSetpointOutOfRangeIsLimited() {
        process.setpoint(500);
        assertThat(process.state().setpoint()).isEqualTo(120);
        process.setpoint(-1);
        assertThat(process.state().setpoint()).isEqualTo(0);
        process.setpoint(Float.NaN);
        assertThat(process.state().setpoint()).isEqualTo(0);
    }

    @Test
    void bottlesAreFilledWhileTheMotorRuns() {
        process.step(Duration.ofSeconds(10));
        assertThat(process.state().bottles()).isBetween(19L, 21L);
        process.running(false);
        process.step(Duration.ofSeconds(30));
        long stopped = process.state().bottles();
        process.step(Duration.ofSeconds(30));
        assertThat(process.state().speed()).isZero();
        assertThat(process.state().bottles()).isEqualTo(stopped);
    }

    @Test
    void theResultDoesNotDependOnHowTimeIsCut() {
        FillerProcess coarse = new FillerProcess();
        coarse.step(Duration.ofSeconds(8));
        secondsUntil(state -> false, 8);
        assertThat(process.state().temperature()).isCloseTo(coarse.state().temperature(), within(1f));
    }

    private double secondsUntil(Predicate<FillerProcess.State> reached) {
        return secondsUntil(reached, 60);
    }

    private double secondsUntil(Predicate<FillerProcess.State> reached, int most) {
        int steps = 0;
        while (!reached.test(process.state()) && steps < most * 10) {
            process.step(Duration.ofMillis(100));
            steps++;
        }
        return steps / 10.0;
    }

    private static org.assertj.core.data.Offset<Float> within(float offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
