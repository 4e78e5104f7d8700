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
import java.util.stream.IntStream;
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
    /** How many calls one poll takes, and how many are left of it. */
    private final Map<Lane, Integer> portions = new HashMap<>();

    private final Map<Lane, Integer> left = new HashMap<>();
    private final TagState tag = new TagState(Rows.spec(), time);

    private Lane lane(String name, Duration period, Duration answer) {
        Lane lane = lanes.of(name);
        lane.use(List.of(), Set.of(period));
        takes.put(lane, answer);
        return lane;
    }

    @Test
    void besideADeadAndASlowLaneTheOthersAreLateByOneTimeoutAtMost() {
        lanes.punctuality().timeout(TIMEOUT);
        hourBesideADeadAndASlowLane(TIMEOUT);
    }

    @Test
    void whereNobodyKnowsTheTimeoutTheyAreLateByTheAnswersOfTheOthersBesides() {
        hourBesideADeadAndASlowLane(TIMEOUT.plus(ANSWER.multipliedBy(4)));
    }

    private void hourBesideADeadAndASlowLane(Duration limit) {
        Lane dead = lane("dead", Duration.ofMillis(200), TIMEOUT);
        Lane slow = lane("slow", Duration.ofSeconds(2), SLOW_ANSWER);
        Lane often = lane("often", Duration.ofMillis(300), ANSWER);
        Lane seldom = lane("seldom", Duration.ofSeconds(7), ANSWER);
        serve(Duration.ofHours(1), dead);
        assertThat(List.of(often, seldom)).allSatisfy(lane -> isLateByAtMost(lane, limit));
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
        lanes.punctuality().timeout(TIMEOUT);
        List<Lane> all = Stream.of(layout.split(" "))
                .map(name -> lane(name, Duration.ofMillis(200), name.startsWith("slow") ? SLOW_ANSWER : ANSWER))
                .toList();
        Lane[] dead = named(all, "dead");
        for (int connection = 0; connection < 20; connection++) {
            lanes.reopened(connection / 20.0);
            polls.clear();
            serve(Duration.ofSeconds(30), dead);
        }
        assertThat(polls).containsOnlyKeys(all);
        assertThat(named(all, "\\d")).allSatisfy(lane -> isLateByAtMost(lane, TIMEOUT));
    }

    @Test
    void lanesThatFallDueTogetherAreLateByOneTimeoutAtMostAsWell() {
        lanes.punctuality().timeout(TIMEOUT);
        List<Lane> all = Stream.of("dead slow 1 2 3 4 5 6 7 8".split(" "))
                .map(name -> lane(name, Duration.ofMillis(name.equals("1") ? 300 : 200), Duration.ZERO))
                .toList();
        all.forEach(this::poll);
        all.forEach(lane -> takes.put(lane, lane.name().equals("slow") ? SLOW_ANSWER : ANSWER));
        serve(Duration.ofSeconds(5));
        serve(Duration.ofMinutes(10), named(all, "dead"));
        assertThat(named(all, "\\d")).allSatisfy(lane -> isLateByAtMost(lane, TIMEOUT));
        assertThat(polls.get(all.get(0))).as("tries of the dead one").isGreaterThan(250);
    }

    @Test
    void aLaneThatFallsSilentBesideASlowOneMakesTheOthersLateByOneTimeoutAtMostAndHasAWholeOneItself() {
        lanes.punctuality().timeout(TIMEOUT);
        Lane slow = lane("slow", Duration.ofSeconds(1), SLOW_ANSWER);
        Lane dying = lane("dying", Duration.ofMillis(200), ANSWER);
        Lane often = lane("often", Duration.ofMillis(200), ANSWER);
        for (int death = 0; death < 200; death++) {
            serve(Duration.ofMillis(10_000 + 13 * death));
            serve(Duration.ofSeconds(20), dying);
            assertThat(dying.isUp()).as("noticed").isFalse();
            assertThat(dying.reason()).isEqualTo("silent for PT0.5S");
        }
        isLateByAtMost(often, TIMEOUT);
        assertThat(polls.get(slow)).isGreaterThan(6_200);
    }

    @Test
    void aSlowLaneThatFallsSilentIsNoExceptionEither() {
        lanes.punctuality().timeout(TIMEOUT);
        Lane dying = lane("slow", Duration.ofSeconds(1), SLOW_ANSWER);
        Lane often = lane("often", Duration.ofMillis(90), ANSWER);
        for (int death = 0; death < 100; death++) {
            serve(Duration.ofMillis(10_000 + 13 * death));
            serve(Duration.ofSeconds(20), dying);
        }
        isLateByAtMost(often, TIMEOUT);
    }

    @Test
    void aSlowLaneThatIsReadInPortionsLetsTheOthersGoBetweenThem() {
        lanes.punctuality().timeout(TIMEOUT);
        Lane slow = lane("slow", Duration.ofSeconds(2), SLOW_ANSWER);
        Lane dead = lane("dead", Duration.ofMillis(200), TIMEOUT);
        List<Lane> well = Stream.of("1 2 3 4 5 6 7 8".split(" "))
                .map(name -> lane(name, Duration.ofMillis(200), ANSWER))
                .toList();
        portions.put(slow, 3);
        serve(Duration.ofMinutes(10), dead);
        assertThat(well).allSatisfy(lane -> isLateByAtMost(lane, TIMEOUT));
        assertThat(polls.get(slow)).as("portions of 300 polls").isGreaterThan(3 * 295);
    }

    /** A device every 10 ms: there never is a moment with something to spare. */
    @Test
    void whereOneIsAlwaysDueALaneThatMayTakeLongWaitsAndSparesLessTheLongerItDoes() {
        lanes.punctuality().timeout(TIMEOUT);
        List<Lane> all = IntStream.range(0, 20)
                .mapToObj(i -> lane("" + i, Duration.ofMillis(200), ANSWER.multipliedBy(2)))
                .toList();
        all.forEach(this::poll);
        takes.replaceAll((lane, answer) -> ANSWER);
        clock.advance(Duration.ofMillis(1));
        Lane slow = lane("slow", Duration.ofSeconds(2), SLOW_ANSWER);
        serve(Duration.ofMillis(880));
        assertThat(polls).doesNotContainKey(slow);
        serve(Duration.ofMillis(500));
        assertThat(polls).containsEntry(slow, 1);
        assertThat(all).allSatisfy(lane -> assertThat(latest.get(lane)).isLessThanOrEqualTo(TIMEOUT));
    }

    @Test
    void aQuickLaneMayTakeItsUsualTimeAndHalfOfWhatTheOthersCanWaitBesides() {
        lanes.punctuality().timeout(TIMEOUT);
        Lane first = lane("first", Duration.ofMillis(200), ANSWER);
        Lane second = lane("second", Duration.ofMillis(200), ANSWER);
        assertThat(patience(first)).as("nothing is known of it").isEqualTo(TIMEOUT);
        poll(first);
        poll(second);
        clock.advance(Duration.ofMillis(390));
        assertThat(patience(first)).as("the second waits for 195 ms").isEqualTo(Duration.ofMillis(155));
        first.doubt();
        assertThat(patience(first)).as("the whole, when its moment has come").isEqualTo(TIMEOUT);
        assertThat(patience(second)).as("nobody quick waits").isEqualTo(TIMEOUT);
        lanes.answered(first);
        clock.advance(Duration.ofMillis(400));
        assertThat(patience(second)).as("it is too late for all").isEqualTo(TIMEOUT);
    }

    @Test
    void twoThatFallSilentTogetherMakeTheOthersLateByOneTimeoutAtMost() {
        lanes.punctuality().timeout(TIMEOUT);
        lane("slow", Duration.ofSeconds(1), SLOW_ANSWER);
        List<Lane> all = Stream.of("dying1 dying2 dying3 1 2 3".split(" "))
                .map(name -> lane(name, Duration.ofMillis(200), ANSWER))
                .toList();
        for (int death = 0; death < 100; death++) {
            serve(Duration.ofMillis(10_000 + 13 * death));
            serve(Duration.ofSeconds(10), named(all, "dying"));
        }
        assertThat(named(all, "\\d")).allSatisfy(lane -> isLateByAtMost(lane, TIMEOUT));
    }

    @Test
    void whatIsLeftForLaterIsDueAtOnceAndTheNextPollStaysWhereItWas() {
        Lane lane = lane("unit", Duration.ofMillis(200), ANSWER);
        poll(lane);
        lane.later(List.of(tag));
        assertThat(lanes.next()).contains(lane);
        assertThat(lane.takeLeft()).containsExactly(tag);
        assertThat(lanes.next()).isEmpty();
        assertThat(lanes.untilNext()).hasValue(Duration.ofMillis(195).toNanos());
        lane.later(List.of(tag));
        lanes.failed(lane, "it is silent");
        assertThat(lane.takeLeft()).isEmpty();
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
                long until = lanes.untilNext().orElseThrow();
                assertThat(until).isPositive();
                clock.advance(Duration.ofNanos(until));
                continue;
            }
            if (polls.containsKey(next)) { // its beat begins with its first poll
                latest.merge(next, Duration.ofNanos(-next.untilDue().orElseThrow()), LanesTest::longer);
            }
            if (silent.contains(next) || takes.get(next).compareTo(patience(next)) > 0) {
                silent(next);
            } else {
                poll(next);
            }
        }
    }

    private void silent(Lane lane) {
        Duration heard = patience(lane).compareTo(TIMEOUT) < 0 ? patience(lane) : TIMEOUT;
        asked(lane, heard);
        if (heard.equals(TIMEOUT)) {
            lanes.failed(lane, "silent for " + heard);
        } else {
            lane.later(List.of(tag));
            lane.doubt();
        }
    }

    private void poll(Lane lane) {
        boolean rest = asked(lane, takes.getOrDefault(lane, ANSWER));
        int portion = rest ? left.merge(lane, -1, Integer::sum) : portions.getOrDefault(lane, 1) - 1;
        left.put(lane, portion);
        lane.later(portion > 0 ? List.of(tag) : List.of());
        lanes.answered(lane);
    }

    /** @return whether it was asked for what it had left. */
    private boolean asked(Lane lane, Duration takes) {
        boolean rest = !lane.takeLeft().isEmpty();
        if (!rest) {
            lane.takeDue();
        }
        clock.advance(takes);
        lanes.took(lane, takes.toNanos());
        polls.merge(lane, 1, Integer::sum);
        return rest;
    }

    private Duration patience(Lane lane) {
        return Duration.ofNanos(lanes.punctuality().patience(lane));
    }

    private void isLateByAtMost(Lane lane, Duration limit) {
        assertThat(latest.get(lane)).as(lane.name()).isPositive().isLessThanOrEqualTo(limit);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
