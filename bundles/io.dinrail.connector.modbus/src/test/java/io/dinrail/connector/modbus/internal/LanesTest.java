package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.southbound.internal.ContractHost;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import io.dinrail.testkit.modbus.SlaveRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead and a slow unit on a connection that others share, in the platform's own host. */
class LanesTest {
    private static final int DEAD = 3;
    private static final int SLOW = 4;
    private static final Duration SLOWNESS = Duration.ofMillis(400);
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    @Test
    void fromTheFirstPollOnTheOthersAreAskedBetweenAnyTwoRequestsThatTakeLong(@TempDir Path folder) throws Exception {
        try (MisbehavingSlave slave = MisbehavingSlave.tcp();
                ContractHost host = new ContractHost(folder)) {
            slave.lateBy(SLOWNESS);
            slave.behaves(LanesTest::conduct);
            host.tags(IntStream.of(1, 2, DEAD, SLOW)
                    .mapToObj(unit -> "unit-%d,level,%d/holding:5,uint16,%s\n"
                            .formatted(unit, unit, unit == SLOW ? "2s" : PERIOD.toMillis() + "ms"))
                    .reduce("device,tag,address,type,poll\n", String::concat));
            host.configure(Map.of(
                    "host",
                    "127.0.0.1",
                    "port",
                    String.valueOf(slave.port()),
                    "timeout",
                    TIMEOUT.toMillis() + "ms",
                    "backoff.max",
                    "1s"));
            ModbusConnectorType type = new ModbusConnectorType();
            host.start(type);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> good(host, 1).size() > 30 && good(host, SLOW).size() > 3);
            everyKnownOneIsAskedBetweenLongOnes(
                    slave.requests().stream().map(SlaveRequest::unit).toList());
            assertThat(good(host, DEAD)).isEmpty();
            assertThat(host.status().orElseThrow().lanes())
                    .filteredOn(lane -> !lane.up())
                    .extracting(lane -> lane.name())
                    .containsExactly("unit " + DEAD);
            host.stop(type).get();
            type.stop();
        }
    }

    private static Misbehaviour conduct(SlaveRequest request) {
        return switch (request.unit()) {
            case DEAD -> Misbehaviour.SILENT;
            case SLOW -> Misbehaviour.LATE;
            default -> Misbehaviour.NONE;
        };
    }

    private static List<Reading> good(ContractHost host, int unit) {
        return host.readings(TagId.of("unit-" + unit, "level")).stream()
                .filter(reading -> reading.quality().isGood())
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
