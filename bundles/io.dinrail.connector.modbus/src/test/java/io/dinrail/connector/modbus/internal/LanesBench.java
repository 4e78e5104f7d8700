package io.dinrail.connector.modbus.internal;

import io.dinrail.southbound.internal.ContractHost;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import io.dinrail.testkit.modbus.SlaveRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By how much a dead and a slow unit delay eight healthy ones on the same connection, as the device sees it. No test, for it judges nothing:
 * {@code itests/measure-lanes} runs it, and docs/performance.md has its figures.
 */
class LanesBench {
    private static final int HEALTHY = 8;
    private static final int DEAD = 9;
    private static final int SLOW = 10;
    private static final int DYING = 1;
    private static final int ROUNDS = Integer.getInteger("dinrail.bench.rounds", 6);

    /** When each unit was asked last on this connection, and by how much its polls were too far apart. */
    private final Map<Integer, Long> asked = new HashMap<>();

    private final List<Double> apart = new ArrayList<>();
    private boolean dying;

    @Test
    void measure(@TempDir Path folder) throws Exception {
        try (MisbehavingSlave slave = MisbehavingSlave.tcp();
                ContractHost host = new ContractHost(folder)) {
            slave.lateBy(LanesTest.SLOWNESS);
            slave.behaves(this::conduct);
            host.tags(rows());
            host.configure(LanesTest.settings(slave));
            ModbusConnectorType type = new ModbusConnectorType();
            host.start(type);
            for (int round = 0; round < ROUNDS; round++) {
                seconds(20);
                newConnection(slave);
            }
            report("a dead unit (answers never) and a slow one (400 ms), " + ROUNDS
                    + " connections from their start on");
            for (int death = 0; death < ROUNDS; death++) {
                seconds(10);
                dies(true);
                seconds(10);
                dies(false);
            }
            report("the same, and unit 1 falls silent and comes back, " + ROUNDS + " times");
            host.tags(rows() + row(SLOW, 500) + row(SLOW, 1000));
            seconds(5);
            begin();
            seconds(ROUNDS * 5);
            report("a dead unit and a slow one with three blocks (400 ms each)");
            host.stop(type).get();
            type.stop();
        }
    }

    private static String rows() {
        return IntStream.rangeClosed(1, SLOW)
                .mapToObj(unit -> row(unit, 5))
                .collect(Collectors.joining("", "device,tag,address,type,poll\n", ""));
    }

    private static String row(int unit, int place) {
        return "unit-%d,at-%d,%d/holding:%d,uint16,%s\n"
                .formatted(unit, place, unit, place, unit == SLOW ? "2s" : LanesTest.PERIOD.toMillis() + "ms");
    }

    private synchronized void begin() {
        apart.clear();
    }

    private static void seconds(int count) throws InterruptedException {
        TimeUnit.SECONDS.sleep(count);
    }

    private synchronized void newConnection(MisbehavingSlave slave) {
        slave.disconnect();
        asked.clear();
    }

    private synchronized void dies(boolean silent) {
        dying = silent;
        asked.remove(DYING);
    }

    private synchronized Misbehaviour conduct(SlaveRequest request) {
        int unit = request.unit();
        if (unit == DEAD || unit == DYING && dying) {
            return Misbehaviour.SILENT;
        }
        if (unit == SLOW) {
            return Misbehaviour.LATE;
        }
        long now = System.nanoTime();
        Long before = asked.put(unit, now);
        if (before != null) {
            apart.add((now - before - LanesTest.PERIOD.toNanos()) / 1e6);
        }
        return Misbehaviour.NONE;
    }

    private synchronized void report(String what) {
        Collections.sort(apart);
        System.out.printf(
                "lanes: %s: %d polls of %d healthy units, further apart than their period of %d ms: p50 %.0f ms, p99 %.0f ms, most %.0f ms;"
                        + " the timeout is %d ms%n",
                what,
                apart.size(),
                HEALTHY,
                LanesTest.PERIOD.toMillis(),
                apart.get(apart.size() / 2),
                apart.get(apart.size() * 99 / 100),
                apart.get(apart.size() - 1),
                LanesTest.TIMEOUT.toMillis());
        apart.clear();
    }
}
