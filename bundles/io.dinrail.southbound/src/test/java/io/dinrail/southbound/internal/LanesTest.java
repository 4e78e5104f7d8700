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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is polled next, on a connection that takes its time. */
class LanesTest {
    private static final Duration ANSWER = Duration.ofMillis(5);
    private static final Duration SLOW_ANSWER = Duration.ofMillis(400);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

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
        serve(Duration.ofHours(1), dead);
        Duration limit = TIMEOUT.plus(ANSWER.multipliedBy(4));
        assertThat(latest(often)).isLessThan(limit);
        assertThat(latest(seldom)).isLessThan(limit);
        assertThat(polls.get(slow)).as("polls of the slow one in 1,800 periods").isGreaterThan(1_790);
        assertThat(polls.get(seldom)).isGreaterThan(3600 / 7 - 2);
        assertThat(polls.get(dead)).as("tries of the dead one").isGreaterThan(1_500);
    }

    /** The first poll of a connection, too, at which nobody knows who is dead and who is slow, and whatever comes first among them. */
    @ParameterizedTest
    @CsvSource({
        "dead slow 1 2 3 4 5 6 7 8",
        "1 2 3 4 5 6 7 8 slow dead",
        "1 dead slow 2 3 4 5 6 7 8",
        "1 slow dead 2 3 4 5 6 7 8",
        "slow 1 2 3 4 dead 5 6 7 8",
        "1 dead slow dead2 slow2 2 slow3",
        "1 slow slow2 slow3 2 dead dead2 dead3",
    })
    void fromTheFirstPollOnTheOthersAreLateByOneTimeoutAtMost(String layout) {
        List<Lane> all = Stream.of(layout.split(" "))
                .map(name -> lane(name, Duration.ofMillis(200), name.startsWith("slow") ? SLOW_ANSWER : ANSWER))
                .toList();
        Lane[] dead = named(all, "dead");
        Lane[] well = named(all, "\\d");
        for (int connection = 0; connection < 20; connection++) {
            lanes.reopened(connection / 20.0);
            polls.clear();
            serve(Duration.ofSeconds(30), dead);
        }
        assertThat(polls).containsOnlyKeys(all);
        assertThat(well)
                .allSatisfy(lane -> assertThat(latest(lane))
                        .as(lane.name())
                        .isLessThan(TIMEOUT.plus(ANSWER.multipliedBy(well.length))));
    }

    @Test
    void aLaneThatFallsSilentIsTheOnlyOneThatTheOthersWaitForBesideASlowOne() {
        Lane slow = lane("slow", Duration.ofSeconds(1), SLOW_ANSWER);
        Lane dying = lane("dying", Duration.ofMillis(200), ANSWER);
        Lane often = lane("often", Duration.ofMillis(200), ANSWER);
        for (int death = 0; death < 200; death++) {
            serve(Duration.ofMillis(10_000 + 13 * death));
            latest.clear();
            serve(Duration.ofSeconds(20), dying);
            assertThat(latest(often)).isLessThan(TIMEOUT.plus(SLOW_ANSWER).plus(ANSWER.multipliedBy(2)));
            latest.clear();
            serve(Duration.ofSeconds(20), dying);
            assertThat(latest(often)).as("later").isLessThan(TIMEOUT.plus(ANSWER.multipliedBy(2)));
        }
        assertThat(polls.get(slow)).isGreaterThan(9_000);
    }

    @Test
    void aWriteThatTookLongCountsAsWell() {
        Lane slow = lane("slow", Duration.ofMillis(200), SLOW_ANSWER);
        Lane often = lane("often", Duration.ofMillis(200), ANSWER);
        poll(slow);
        poll(often);
        clock.advance(Duration.ofMillis(600));
        lanes.heldUp(slow, Duration.ofMillis(500).toNanos());
        assertThat(lanes.next()).contains(often);
        poll(often);
        assertThat(lanes.next()).contains(slow);
    }

    private static Lane[] named(List<Lane> lanes, String pattern) {
        return lanes.stream()
                .filter(lane -> lane.name().replaceFirst("(?<=\\D)\\d$", "").matches(pattern))
                .toArray(Lane[]::new);
    }

    @Test
    void whereThereIsMoreToDoThanTimeEveryoneStillGetsATurn() {
        Lane dead = lane("dead", Duration.ofMillis(200), TIMEOUT);
        Set<Lane> all = new HashSet<>(Set.of(dead, lane("often", Duration.ofMillis(10), ANSWER.multipliedBy(2))));
        for (int i = 0; i < 5; i++) {
            all.add(lane("slow-" + i, Duration.ofMillis(100), SLOW_ANSWER));
        }
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
    private void serve(Duration howLong, Lane... dead) {
        Set<Lane> silent = Set.of(dead);
        Instant end = clock.instant().plus(howLong);
        while (clock.instant().isBefore(end)) {
            Lane next = lanes.next().orElse(null);
            if (next == null) {
                clock.advance(Duration.ofNanos(Math.max(1, lanes.untilNext().orElseThrow())));
                continue;
            }
            if (polls.containsKey(next)) { // its beat begins with its first poll
                latest.merge(next, Duration.ofNanos(-next.untilDue().orElseThrow()), LanesTest::longer);
            }
            if (silent.contains(next)) {
                asked(next, TIMEOUT);
                lanes.failed(next, "it is silent");
            } else {
                poll(next);
            }
        }
    }

    private void poll(Lane lane) {
        asked(lane, takes.getOrDefault(lane, ANSWER));
        lanes.answered(lane);
    }

    private void asked(Lane lane, Duration takes) {
        lane.takeDue();
        clock.advance(takes);
        lanes.took(lane, takes.toNanos());
        polls.merge(lane, 1, Integer::sum);
    }

    private Duration latest(Lane lane) {
        return latest.getOrDefault(lane, Duration.ZERO);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
