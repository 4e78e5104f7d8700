package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is polled next, on a connection that takes its time. */
class LanesTest {
    private static final Duration ANSWER = Duration.ofMillis(5);
    private static final Duration SLOW_ANSWER = Duration.ofMillis(400);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    /** Until it is known who is slow. */
    private static final Duration AT_FIRST = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final Timepiece time = new Timepiece(
            clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
    private final Lanes lanes = new Lanes(time, () -> new Backoff(Duration.ofSeconds(1), () -> 0.5));
    private final Map<Lane, Duration> takes = new HashMap<>();
    private final Map<Lane, Duration> latest = new HashMap<>();
    private final Map<Lane, Integer> polls = new HashMap<>();

    private Lane lane(String name, Duration period, Duration answer) {
        Lane lane = lanes.of(name);
        lane.use(List.of(), Set.of(period));
        takes.put(lane, answer);
        return lane;
    }

    @Test
    void besideADeadAndASlowLaneTheOthersAreLateByOneTimeoutAtMost() {
        Lane dead = lane("dead", Duration.ofMillis(200), TIMEOUT);
        Lane slow = lane("slow", Duration.ofSeconds(2), SLOW_ANSWER);
        Lane often = lane("often", Duration.ofMillis(300), ANSWER);
        Lane seldom = lane("seldom", Duration.ofSeconds(7), ANSWER);
        serve(AT_FIRST, dead);
        latest.clear();
        polls.clear();
        serve(Duration.ofHours(1), dead);
        Duration limit = TIMEOUT.plus(ANSWER.multipliedBy(4));
        assertThat(latest.get(often)).isLessThan(limit);
        assertThat(latest.get(seldom)).isLessThan(limit);
        assertThat(polls.get(slow)).as("polls of the slow one in 1,800 periods").isGreaterThan(1_790);
        assertThat(polls.get(seldom)).isGreaterThan(3600 / 7 - 2);
        assertThat(polls.get(dead)).as("tries of the dead one").isGreaterThan(1_500);
    }

    @Test
    void whereThereIsMoreToDoThanTimeEveryoneStillGetsATurn() {
        Lane dead = lane("dead", Duration.ofMillis(200), TIMEOUT);
        Set<Lane> all = new HashSet<>(Set.of(dead, lane("often", Duration.ofMillis(10), ANSWER.multipliedBy(2))));
        for (int i = 0; i < 5; i++) {
            all.add(lane("slow-" + i, Duration.ofMillis(100), SLOW_ANSWER));
        }
        serve(AT_FIRST, dead);
        latest.clear();
        serve(Duration.ofHours(1), dead);
        assertThat(latest).containsOnlyKeys(all);
        assertThat(latest.values()).allMatch(late -> late.compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    void ofLanesThatTakeAlikeTheOneThatWaitsLongestIsNext() {
        Lane first = lane("first", Duration.ofMillis(200), ANSWER);
        poll(first);
        Lane second = lane("second", Duration.ofMillis(200), ANSWER);
        poll(second);
        clock.advance(Duration.ofSeconds(1));
        assertThat(lanes.next()).contains(first);
        poll(first);
        assertThat(lanes.next()).contains(second);
        poll(second);
        assertThat(lanes.next()).isEmpty();
    }

    @Test
    void aLaneOfWhichNothingIsPolledIsNeverDueNotEvenAfterAFailure() {
        Lane written = lanes.of("written");
        written.use(List.of(), Set.of());
        lanes.failed(written, "it is silent");
        clock.advance(Duration.ofMinutes(1));
        assertThat(written.rests()).isFalse();
        assertThat(lanes.next()).isEmpty();
        assertThat(lanes.untilNext()).isEmpty();
    }

    @Test
    void aLaneThatRestsLeavesNoPollsOutAndKeepsItsBeat() {
        Lane lane = lane("unit", Duration.ofMillis(200), ANSWER);
        lane.takeDue();
        lanes.failed(lane, "it is silent");
        clock.advance(Duration.ofMillis(1_050));
        assertThat(lane.takeDue()).containsExactly(Duration.ofMillis(200));
        assertThat(lane.takeOverruns()).isZero();
        lanes.answered(lane);
        assertThat(lane.untilDue()).hasValue(Duration.ofMillis(150).toNanos());
    }

    @Test
    void whatALaneMissedUntilItAnsweredSomebodysReadIsNotLeftOutEither() {
        Lane lane = lane("unit", Duration.ofMillis(200), ANSWER);
        lane.takeDue();
        lanes.failed(lane, "it is silent");
        clock.advance(Duration.ofMillis(1_050));
        lanes.answered(lane);
        assertThat(lanes.next()).contains(lane);
        lane.takeDue();
        assertThat(lane.takeOverruns()).isZero();
        clock.advance(Duration.ofMillis(650));
        lane.takeDue();
        assertThat(lane.takeOverruns()).isEqualTo(2);
    }

    /** Does for so long what the host would, with the clock turned by what it takes. */
    private void serve(Duration howLong, Lane dead) {
        Instant end = clock.instant().plus(howLong);
        while (clock.instant().isBefore(end)) {
            Lane next = lanes.next().orElse(null);
            if (next == null) {
                clock.advance(Duration.ofNanos(lanes.untilNext().orElseThrow()));
                continue;
            }
            latest.merge(next, Duration.ofNanos(-next.untilDue().orElseThrow()), LanesTest::longer);
            poll(next);
            if (next.equals(dead)) {
                lanes.failed(next, "it is silent");
            }
        }
    }

    private void poll(Lane lane) {
        lane.takeDue();
        clock.advance(takes.getOrDefault(lane, ANSWER));
        lane.took(takes.getOrDefault(lane, ANSWER).toNanos());
        polls.merge(lane, 1, Integer::sum);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
