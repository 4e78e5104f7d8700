package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.LaneStatus;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.event.api.ConnectorChanged.Kind;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLanesTest {
    private static final TagId ONE = TagId.of("pump-1", "level");
    private static final TagId TWO = TagId.of("pump-2", "level");
    private static final String ROWS = "pump-1,level,u1/a,rw,10ms,int16,,\npump-2,level,u2/a,rw,10ms,int16,,\n";

    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("u1/a", TagValue.of(1));
        bench.device.memory.put("u2/a", TagValue.of(2));
        bench.write("tags/line.csv", Bench.HEADER + ROWS);
        bench.configure("line", "backoff.max=100ms", "readback.wait=5ms");
        bench.awaitState("line", ConnectorState.RUNNING);
        await().until(() -> bench.readings(TWO).size() > 2);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private LaneStatus lane(String name) {
        return bench.status("line").lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Verdict write(TagId tag, long value, boolean idempotent) throws Exception {
        return bench.tags
                .write(tag, TagValue.of(value), Instant.now().plusSeconds(20), idempotent)
                .toCompletableFuture()
                .get(15, TimeUnit.SECONDS)
                .verdict();
    }

    @Test
    void aDeadLaneMakesItsTagsBadOnceAndLeavesTheOthersAlone() {
        bench.device.deadLanes.add("u2");
        await().until(() -> !lane("u2").up());
        int alive = bench.readings(ONE).size();
        await().until(() -> bench.readings(ONE).size() > alive + 20);
        assertThat(bench.status("line").state()).isEqualTo(ConnectorState.RUNNING);
        assertThat(bench.status("line").reason()).isEqualTo("u2 is down: u2 does not answer");
        assertThat(bench.status("line").lastError()).isEqualTo("u2 does not answer");
        assertThat(bad(TWO)).extracting(Reading::quality).containsExactly(Quality.bad(Quality.COMM_FAILURE));
        assertThat(bad(ONE)).isEmpty();
        assertThat(bench.device.opened.get()).isEqualTo(1);
        assertThat(lane("u1").up()).isTrue();
    }

    private List<Reading> bad(TagId tag) {
        return bench.readings(tag).stream()
                .filter(reading -> !reading.quality().isGood())
                .toList();
    }

    @Test
    void aDeadLaneIsTriedAgainByItselfLessOftenThanItsPeriod() {
        bench.device.deadLanes.add("u2");
        await().until(() -> lane("u2").failures() >= 3);
        long tries = bench.device.asked.stream().filter("u2"::equals).count();
        long others = bench.device.asked.stream().filter("u1"::equals).count();
        assertThat(tries).isLessThan(others);
        bench.device.deadLanes.clear();
        bench.reachable.clear();
        await().until(() -> lane("u2").up());
        await().until(() -> bench.last(TWO).quality().isGood());
        assertThat(bench.status("line").reason()).isEmpty();
        assertThat(bench.reachable).contains(TWO).doesNotContain(ONE);
    }

    @Test
    void whenEveryLaneIsDeadTheConnectionIsMadeAnew() {
        bench.device.deadLanes.addAll(List.of("u1", "u2"));
        bench.awaitState("line", ConnectorState.DEGRADED);
        bench.device.deadLanes.remove("u2");
        bench.awaitState("line", ConnectorState.RUNNING);
        await().until(() -> bench.last(TWO).quality().isGood());
        assertThat(bench.last(ONE).quality().isGood()).isFalse();
        assertThat(bench.device.opened.get()).isGreaterThan(1);
        assertThat(bench.kinds()).containsExactly(Kind.STARTED, Kind.DEGRADED, Kind.RECOVERED);
    }

    @Test
    void aWriteToARestingLaneIsRefusedWithoutAskingTheDevice() throws Exception {
        bench.device.deadLanes.add("u2");
        await().until(() -> lane("u2").failures() >= 3);
        int sent = bench.device.written.size();
        assertThat(write(TWO, 7, false)).isIn(Verdict.REFUSED, Verdict.UNVERIFIED);
        assertThat(bench.device.written.size() - sent).isLessThanOrEqualTo(1);
        assertThat(write(ONE, 7, false)).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void aLaneThatIsOnlyWrittenIsUpAgainWhenAWriteIsAnswered() throws Exception {
        TagId valve = TagId.of("pump-3", "valve");
        bench.write("tags/line.csv", Bench.HEADER + ROWS + "pump-3,valve,u3/a,w,,int16,,\n");
        await().until(() -> bench.status("line").lanes().size() == 3);
        bench.device.deadLanes.add("u3");
        assertThat(write(valve, 7, false)).isEqualTo(Verdict.UNVERIFIED);
        await().until(() -> !lane("u3").up());
        bench.device.deadLanes.clear();
        await().until(() -> {
            write(valve, 8, false);
            return lane("u3").up();
        });
        await().until(() -> bench.status("line").reason().isEmpty());
    }

    @Test
    void anIdempotentWriteIsWrittenAgainWhenTheLaneIsBack() throws Exception {
        bench.device.losesWrites = true;
        var result = bench.tags
                .write(TWO, TagValue.of(9), Instant.now().plusSeconds(20), true)
                .toCompletableFuture();
        await().until(() -> bench.device.written.size() >= 2);
        bench.device.losesWrites = false;
        assertThat(result.get(15, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.APPLIED);
    }

    @Test
    void anIdempotentWriteThatExpiresIsUnverified() throws Exception {
        bench.device.losesWrites = true;
        var result = bench.tags
                .write(TWO, TagValue.of(9), Instant.now().plusMillis(300), true)
                .toCompletableFuture();
        assertThat(result.get(15, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void aLaneThatIsReadInPortionsIsAskedForTheRestAloneAndEachTagIsToldOnceAPoll() {
        List.of("u3/a", "u3/b", "u3/c").forEach(place -> bench.device.memory.put(place, TagValue.of(3)));
        bench.device.portioned.add("u3");
        bench.device.reads.clear();
        bench.write("tags/line.csv", Bench.HEADER + ROWS + """
                pump-3,a,u3/a,rw,50ms,int16,,
                pump-3,b,u3/b,rw,50ms,int16,,
                pump-3,c,u3/c,rw,50ms,int16,,
                """);
        TagId last = TagId.of("pump-3", "c");
        await().until(() -> bench.readings(last).size() > 3);
        List<List<String>> reads = bench.device.reads.stream()
                .filter(read -> read.get(0).startsWith("u3"))
                .toList();
        for (int i = 0; i < 9; i++) {
            assertThat(reads.get(i))
                    .as("%s", reads)
                    .isEqualTo(List.of("u3/a", "u3/b", "u3/c").subList(i % 3, 3));
        }
        assertThat(bench.readings(last)).allMatch(reading -> reading.quality().isGood());
        assertThat(bench.readings(last).size())
                .isLessThanOrEqualTo(bench.readings(TagId.of("pump-3", "a")).size());
        assertThat(lane("u3").failures()).isZero();
        assertThat(bench.status("line").counters().get("failures")).isZero();
    }

    @Test
    void nothingIsKnownAgainstALaneThatIsLeftForLaterUnheard() {
        bench.device.unheard.put("u2", new AtomicInteger(20));
        await().until(() -> bench.device.unheard.get("u2").get() <= 0);
        int before = bench.readings(TWO).size();
        await().until(() -> bench.readings(TWO).size() > before);
        assertThat(bench.readings(TWO)).noneMatch(reading -> reading.quality().level() == Quality.Level.BAD);
        assertThat(lane("u2").failures()).isZero();
        assertThat(bench.status("line").counters().get("failures")).isZero();
    }

    @Test
    void whoAsksForATagDoesNotWaitForLaterAndALaneThatIsUnheardTwiceFails() throws Exception {
        TagId seldom = TagId.of("pump-3", "level");
        bench.device.memory.put("u3/a", TagValue.of(3));
        bench.write("tags/line.csv", Bench.HEADER + ROWS + "pump-3,level,u3/a,rw,1h,int16,,\n");
        await().until(() -> !bench.readings(seldom).isEmpty());
        bench.device.unheard.put("u3", new AtomicInteger(1));
        assertThat(read(seldom).quality().isGood()).isTrue();
        bench.device.unheard.put("u3", new AtomicInteger(2));
        assertThat(read(seldom).quality()).isEqualTo(Quality.bad(Quality.COMM_FAILURE));
        await().until(() -> lane("u3").failures() == 1);
    }

    private Reading read(TagId tag) throws Exception {
        return bench.tags.read(tag).toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    @Test
    void aConnectorThatKnowsItsTimeoutIsToldHowLongTheOthersCanWait() {
        Duration timeout = Duration.ofMillis(500);
        bench.device.laneTimeout = timeout;
        bench.configure("line", "backoff.max=100ms", "readback.wait=6ms");
        await().until(() -> bench.device.patiences.stream().anyMatch(patience -> patience.compareTo(timeout) < 0));
        assertThat(bench.device.patiences.get(0)).as("nobody waits").isGreaterThan(Duration.ofDays(365));
        assertThat(bench.device.patiences).allMatch(patience -> patience.compareTo(Duration.ZERO) > 0);
    }

    /** One is polled every 10 ms, which leaves no moment for the other, of which nothing is known yet. */
    @Test
    void aConnectionOnWhichOneIsAlwaysDueIsInUseAllTheSameOnceAllWereAsked() {
        bench.device.laneTimeout = Duration.ofMillis(500);
        bench.configure("line", "backoff.max=100ms", "readback.wait=6ms");
        await().until(() -> bench.device.opened.get() == 2);
        int before = bench.readings(TWO).size();
        await().until(() -> bench.readings(TWO).size() > before + 10);
        assertThat(bench.status("line").state()).isEqualTo(ConnectorState.RUNNING);
        assertThat(bad(ONE)).isEmpty();
    }

    @Test
    void aDeadAndASlowLaneNeverMakeTheOthersWaitForBoth() {
        bench.device.memory.put("u3/a", TagValue.of(3));
        bench.write("tags/line.csv", Bench.HEADER + ROWS + "pump-3,level,u3/a,rw,20ms,int16,,\n");
        await().until(() -> !bench.readings(TagId.of("pump-3", "level")).isEmpty());
        bench.device.deadLanes.add("u2");
        AtomicLong time = standingTime();
        List<String> asked = new CopyOnWriteArrayList<>();
        AtomicInteger waits = new AtomicInteger(40);
        bench.device.onAsked = lane -> {
            if (waits.get() > 0) {
                asked.add(lane);
                time.addAndGet(takes(lane).toNanos());
                waits.addAndGet(takes(lane).isZero() ? 0 : -1);
            }
        };
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        await().until(() -> waits.get() == 0);
        List<String> later = asked.subList(10, asked.size()); // by then it is known who takes long
        assertThat(later).contains("u2", "u3");
        for (int i = 1; i < later.size(); i++) {
            assertThat(later.subList(i - 1, i + 1)).as("%s", later).contains("u1");
        }
        assertThat(bench.status("line").counters().get("overruns")).isPositive();
    }

    private static Duration takes(String lane) {
        return switch (lane) {
            case "u2" -> Duration.ofMillis(500);
            case "u3" -> Duration.ofMillis(400);
            default -> Duration.ZERO;
        };
    }

    /** Stops the clock that the host measures by. @return it, to be turned. */
    private AtomicLong standingTime() {
        AtomicLong time = new AtomicLong(System.nanoTime());
        bench.ticks = time::get;
        return time;
    }

    @Test
    void aWriteWaitsForTheLaneThatIsAskedButNotForTheNext() throws Exception {
        AtomicLong time = standingTime();
        List<Integer> written = new CopyOnWriteArrayList<>();
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        bench.device.onAsked = lane -> {
            written.add(bench.device.written.size());
            if (written.size() == 1) {
                bench.tags
                        .write(ONE, TagValue.of(7), Instant.now().plusSeconds(20))
                        .thenAccept(result::complete);
            }
        };
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(result.get(15, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.APPLIED);
        assertThat(written).startsWith(0, 1);
    }
}
