package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.LaneStatus;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.southbound.internal.ContractHost;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import io.dinrail.testkit.modbus.SlaveRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead and a slow unit on a connection that others share, in the platform's own host. */
class LanesTest {
    private static final int DEAD = 3;
    private static final int SLOW = 4;
    private static final int CHANGING = 5;

    static final Duration SLOWNESS = Duration.ofMillis(400);
    static final Duration PERIOD = Duration.ofMillis(200);
    static final Duration TIMEOUT = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final ModbusConnectorType type = new ModbusConnectorType();
    private MisbehavingSlave slave;
    private ContractHost host;
    /** What the changing unit does, once it is to change and the slow one is asked. */
    private volatile Misbehaviour change = Misbehaviour.NONE;

    private volatile boolean changed;
    /** When the changing unit was asked since then: how many requests there were, those only before its tag was bad. */
    private final List<Integer> askedInVain = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        slave = MisbehavingSlave.tcp();
        slave.lateBy(SLOWNESS);
        slave.behaves(this::conduct);
        host = new ContractHost(folder);
    }

    @AfterEach
    void stop() throws Exception {
        host.stop(type).get();
        type.stop();
        host.close();
        slave.close();
    }

    private Misbehaviour conduct(SlaveRequest request) {
        return switch (request.unit()) {
            case DEAD -> Misbehaviour.SILENT;
            case SLOW -> {
                changed = change != Misbehaviour.NONE;
                yield Misbehaviour.LATE;
            }
            case CHANGING -> changing();
            default -> Misbehaviour.NONE;
        };
    }

    private Misbehaviour changing() {
        if (!changed) {
            return Misbehaviour.NONE;
        }
        if (bad(CHANGING).isEmpty()) {
            askedInVain.add(slave.requests().size() - 1);
        }
        return change;
    }

    /** @param addresses of a tag each. */
    private void run(String... addresses) throws Exception {
        StringBuilder rows = new StringBuilder("device,tag,address,type,poll\n");
        for (String address : addresses) {
            int unit = Integer.parseInt(address.substring(0, 1));
            rows.append("unit-%d,at-%s,%s,uint16,%s\n"
                    .formatted(
                            unit,
                            address.replaceAll(".*:", ""),
                            address,
                            unit == SLOW ? "2s" : PERIOD.toMillis() + "ms"));
        }
        host.tags(rows.toString());
        host.configure(settings(slave));
        host.start(type);
    }

    static Map<String, String> settings(MisbehavingSlave slave) {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(slave.port()),
                "timeout",
                TIMEOUT.toMillis() + "ms",
                "backoff.max",
                "1s");
    }

    @Test
    void fromTheFirstPollOnTheOthersAreAskedBetweenAnyTwoRequestsThatTakeLong() throws Exception {
        run("1/holding:5", "2/holding:5", "3/holding:5", "4/holding:5");
        eventually(() -> good(1).size() > 30 && good(SLOW).size() > 3);
        everyKnownOneIsAskedBetweenLongOnes(
                slave.requests().stream().map(SlaveRequest::unit).toList());
        assertThat(good(DEAD)).isEmpty();
        assertThat(down()).containsExactly("unit " + DEAD);
    }

    @Test
    void theBlocksOfASlowUnitAreReadOneByOneAndTheOthersAreAskedBetweenThem() throws Exception {
        List<Integer> places = List.of(5, 500, 1000);
        places.forEach(place -> slave.unit(SLOW).holding(place, "%04x".formatted(place)));
        run("1/holding:5", "2/holding:5", "4/holding:5", "4/holding:500", "4/holding:1000");
        eventually(() -> readings(SLOW, 1000).size() > 3);
        everyKnownOneIsAskedBetweenLongOnes(
                slave.requests().stream().map(SlaveRequest::unit).toList());
        for (int place : places) {
            assertThat(readings(SLOW, place))
                    .allMatch(reading -> reading.quality().isGood())
                    .extracting(Reading::value)
                    .containsOnly(Optional.of(TagValue.of(place)))
                    .hasSizeLessThanOrEqualTo(requests(SLOW, place));
        }
        assertThat(requests(SLOW, 5)).as("none is read more often").isLessThanOrEqualTo(requests(SLOW, 1000) + 1);
        assertThat(down()).isEmpty();
        assertThat(host.status().orElseThrow().counters().get("failures")).isZero();
    }

    @Test
    void aUnitThatFallsSilentWhileOthersWaitForASlowOneIsHeardOnceMoreAfterThemBeforeItIsDown() throws Exception {
        run("1/holding:5", "2/holding:5", "4/holding:5", "5/holding:5");
        eventually(() -> good(CHANGING).size() > 10 && good(SLOW).size() > 1);
        change = Misbehaviour.SILENT;
        eventually(() -> down().contains("unit " + CHANGING));
        assertThat(askedInVain).hasSizeGreaterThan(1);
        int last = askedInVain.get(askedInVain.size() - 1);
        assertThat(slave.requests().subList(askedInVain.get(0), last))
                .extracting(SlaveRequest::unit)
                .contains(1, 2);
        assertThat(down()).containsExactly("unit " + CHANGING);
        assertThat(List.of(1, 2, SLOW)).allSatisfy(unit -> assertThat(bad(unit)).isEmpty());
    }

    @Test
    void aUnitThatBecomesSlowIsNeverTakenForASilentOne() throws Exception {
        run("1/holding:5", "2/holding:5", "4/holding:5", "5/holding:5");
        eventually(() -> good(CHANGING).size() > 10 && good(SLOW).size() > 1);
        change = Misbehaviour.LATE;
        eventually(() -> changed);
        int before = good(CHANGING).size();
        eventually(() -> good(CHANGING).size() > before + 5);
        assertThat(bad(CHANGING)).isEmpty();
        assertThat(down()).isEmpty();
    }

    @Test
    void whatAUnitNeverAnswersForIsBadByItselfAlsoWhereOthersShareTheConnection() throws Exception {
        slave.behaves(request ->
                request.unit() == CHANGING && request.start() == 500 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        run("1/holding:5", "5/holding:5", "5/holding:500", "5/holding:1000");
        eventually(() ->
                readings(CHANGING, 1000).size() > 5 && !readings(CHANGING, 500).isEmpty());
        assertThat(readings(CHANGING, 500))
                .singleElement()
                .extracting(reading -> reading.quality().status())
                .isEqualTo("comm-failure");
        assertThat(bad(CHANGING)).isEmpty();
        assertThat(readings(CHANGING, 1000))
                .as("it is asked before the other from the second time on")
                .last()
                .matches(reading -> reading.quality().isGood());
        assertThat(down()).isEmpty();
    }

    private static void eventually(Callable<Boolean> what) {
        await().atMost(Duration.ofSeconds(30)).until(what);
    }

    private List<String> down() {
        return host.status().orElseThrow().lanes().stream()
                .filter(lane -> !lane.up())
                .map(LaneStatus::name)
                .toList();
    }

    private int requests(int unit, int start) {
        return (int) slave.requests().stream()
                .filter(request -> request.unit() == unit && request.start() == start)
                .count();
    }

    private List<Reading> readings(int unit, int place) {
        return host.readings(TagId.of("unit-" + unit, "at-" + place));
    }

    private List<Reading> good(int unit) {
        return readings(unit, 5).stream()
                .filter(reading -> reading.quality().isGood())
                .toList();
    }

    private List<Reading> bad(int unit) {
        return readings(unit, 5).stream()
                .filter(reading -> reading.quality().level() == Quality.Level.BAD)
                .toList();
    }

    /**
     * Each of these requests takes longer than the others' period, so that they are due after it: at most one of them may be what they wait for. Who was
     * never asked before has no period yet.
     */
    private static void everyKnownOneIsAskedBetweenLongOnes(List<Integer> units) {
        int[] longOnes = IntStream.range(0, units.size())
                .filter(i -> units.get(i) == DEAD || units.get(i) == SLOW)
                .toArray();
        assertThat(longOnes).hasSizeGreaterThan(5);
        for (int i = 1; i < longOnes.length; i++) {
            Set<Integer> known = new HashSet<>(units.subList(0, longOnes[i - 1]));
            known.removeAll(Set.of(DEAD, SLOW));
            assertThat(units.subList(longOnes[i - 1] + 1, longOnes[i]))
                    .as("long ones %s and %s of %s", i - 1, i, units)
                    .containsAll(known);
        }
    }
}
