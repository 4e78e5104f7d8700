package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollScheduleTest {
    private static final Duration FAST = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final PollSchedule schedule = new PollSchedule();

    private static long ms(long millis) {
        return millis * 1_000_000;
    }

    @Test
    void everythingIsDueAtOnceAndThenEachInItsPeriod() {
        schedule.use(List.of(FAST, SLOW), 0);
        assertThat(schedule.due(0)).containsExactlyInAnyOrder(FAST, SLOW);
        assertThat(schedule.due(ms(99))).isEmpty();
        assertThat(schedule.due(ms(100))).containsExactly(FAST);
        assertThat(schedule.untilNext(ms(150))).hasValue(ms(50));
    }

    @Test
    void aLatePollDoesNotShiftTheNext() {
        schedule.use(List.of(FAST), 0);
        schedule.due(0);
        assertThat(schedule.due(ms(130))).containsExactly(FAST);
        assertThat(schedule.due(ms(200))).containsExactly(FAST);
        assertThat(schedule.takeOverruns()).isZero();
    }

    @Test
    void missedPollsAreCountedAndDoNotPileUp() {
        schedule.use(List.of(FAST), 0);
        schedule.due(0);
        assertThat(schedule.due(ms(350))).containsExactly(FAST);
        assertThat(schedule.due(ms(360))).isEmpty();
        assertThat(schedule.takeOverruns()).isEqualTo(2);
        assertThat(schedule.takeOverruns()).isZero();
        assertThat(schedule.due(ms(400))).containsExactly(FAST);
    }

    @Test
    void aClassThatStaysKeepsItsBeat() {
        schedule.use(List.of(FAST), 0);
        schedule.due(0);
        schedule.use(List.of(FAST, SLOW), ms(40));
        assertThat(schedule.due(ms(40))).containsExactly(SLOW);
        assertThat(schedule.due(ms(100))).containsExactly(FAST);
    }

    @Test
    void theTimeWithoutAConnectionIsNoOverrun() {
        schedule.use(List.of(FAST), 0);
        schedule.restart(ms(60_000), 0);
        assertThat(schedule.due(ms(60_000))).containsExactly(FAST);
        assertThat(schedule.takeOverruns()).isZero();
    }

    @Test
    void instancesThatStartTogetherDoNotPollInStepAndTheirClassesMeet() {
        PollSchedule moved = new PollSchedule();
        moved.use(List.of(FAST, SLOW), 0);
        moved.restart(0, 0.4);
        assertThat(moved.due(0)).containsExactlyInAnyOrder(FAST, SLOW);
        assertThat(moved.due(ms(59))).isEmpty();
        assertThat(moved.due(ms(60))).containsExactly(FAST);
        assertThat(moved.due(ms(100))).isEmpty();
        for (int beat = 160; beat < 960; beat += 100) {
            assertThat(moved.due(ms(beat))).containsExactly(FAST);
        }
        assertThat(moved.due(ms(960))).containsExactlyInAnyOrder(FAST, SLOW);
        assertThat(moved.takeOverruns()).isZero();
    }

    @Test
    void withoutTagsNothingIsDue() {
        assertThat(schedule.untilNext(0)).isEmpty();
    }
}
