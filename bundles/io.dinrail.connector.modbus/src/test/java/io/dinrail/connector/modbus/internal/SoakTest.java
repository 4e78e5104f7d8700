package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every misbehaviour in random order. On RTU, where an answer doesn't say which request it belongs to, an answer to another request is one of another shape:
 * one of the same shape is a right answer there. In the suite it goes through all of them a few times as fast as it can; with {@code -Ddinrail.soak.seconds=600} it
 * lasts that long at ten requests a second.
 */
class SoakTest {
    private static final long SECONDS = Long.getLong("dinrail.soak.seconds", 0);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TURNS = 3;
    private static final int PAIRS = 8;
    private static final int MOST_REFUSALS = 4;

    private final Counts counts = new Counts();
    private final Random random = new Random(20261129);
    private final Map<Misbehaviour, Integer> done = new EnumMap<>(Misbehaviour.class);
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private volatile Misbehaviour next = Misbehaviour.NONE;
    private volatile int times;
    private int believed;
    private final List<String> lately = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"tcp, 0", "tcp, 2", "rtu-over-tcp, 0", "rtu-over-tcp, 2"})
    void whateverASlaveDoesNoWrongValueIsReadAndItIsHeardAgainAtOnce(String transport, String retries)
            throws Exception {
        try (MisbehavingSlave slave =
                transport.equals("tcp") ? MisbehavingSlave.tcp() : MisbehavingSlave.rtuOverTcp()) {
            slave.lateBy(Duration.ofMillis(300));
            slave.behaves(request -> take());
            for (int register = 0; register < PAIRS * 100; register += 2) {
                slave.unit(1).holding(register, "%08x".formatted(Float.floatToIntBits(value(register))));
            }
            ModbusConnector connector = new ModbusConnector(
                    "press",
                    settings(
                            "port",
                            String.valueOf(slave.port()),
                            "timeout",
                            "200ms",
                            "retries",
                            retries,
                            "transport",
                            transport),
                    counts,
                    new IdleWatch(),
                    clock);
            connector.open();
            try {
                soak(connector, transport.equals("tcp"));
            } finally {
                connector.close();
            }
        }
    }

    private void soak(ModbusConnector connector, boolean transactions) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int turns = 0;
        do {
            List<Misbehaviour> lies = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Misbehaviour.NONE)));
            Collections.shuffle(lies, random);
            for (Misbehaviour lie : lies) {
                long before = counts.faults();
                List<Integer> registers = chosen();
                if (lie == Misbehaviour.ANSWERS_ANOTHER && !transactions) {
                    readOfAnotherLength(connector);
                }
                times = lie == Misbehaviour.ILLEGAL_ADDRESS ? 1 + (turns + 1) % MOST_REFUSALS : 1;
                next = lie;
                lately.add(lie + " at " + registers);
                neverWrong(connector, registers);
                heardAgain(connector, lie, registers);
                assertThat(counts.faults()).as("%s is counted", lie).isGreaterThan(before);
                done.merge(lie, 1, Integer::sum);
            }
            turns++;
        } while (SECONDS > 0 ? System.nanoTime() < end : turns < TURNS);
        assertThat(connector.facts()).as("no tag is left bad").containsEntry("illegalTags", "0");
        System.out.println(
                "soak: " + done + ", polls with a tag that was bad since it had been refused twice: " + believed
                        + ", counted: timeouts " + counts.timeouts() + ", invalid " + counts.invalid() + ", refused "
                        + counts.refused() + ", requests " + counts.requests() + ", " + connector.facts());
    }

    /** At once: with the next read, or with the one after it where an answer that came too late had to be waited for first; a tag that was refused twice when its rest is over. */
    private void heardAgain(ModbusConnector connector, Misbehaviour lie, List<Integer> registers)
            throws ConnectorException {
        for (int asked = 0; asked < (lie == Misbehaviour.ILLEGAL_ADDRESS ? MOST_REFUSALS : 3); asked++) {
            if (neverWrong(connector, registers)) {
                neverWrong(connector, chosen()); // what a lie leaves behind shows here at the latest
                return;
            }
            if (lie == Misbehaviour.ILLEGAL_ADDRESS) {
                clock.advance(Duration.ofMinutes(1L << asked));
                believed++;
            }
        }
        throw new AssertionError("not heard again after " + lie + ": " + counts.invalid());
    }

    /** @return whether all values were read. */
    private boolean neverWrong(ModbusConnector connector, List<Integer> registers) throws ConnectorException {
        List<ModbusPoint> points = registers.stream()
                .map(register -> connector.point(row("holding:" + register, "float32")))
                .toList();
        pace();
        try {
            List<Sample> samples = connector.read(points);
            for (int i = 0; i < samples.size(); i++) {
                if (samples.get(i).quality().isGood()) {
                    assertThat(samples.get(i))
                            .as("%s after %s", registers, lately.subList(Math.max(0, lately.size() - 4), lately.size()))
                            .isEqualTo(Sample.good(TagValue.of(value(registers.get(i)))));
                }
            }
            return samples.stream().allMatch(sample -> sample.quality().isGood());
        } catch (ConnectorException e) {
            assertThat(e.reason()).as("%s", e.getMessage()).isEqualTo(Reason.LANE);
            return false;
        }
    }

    /** One tag, or two that one request reads. */
    private List<Integer> chosen() {
        int register = random.nextInt(PAIRS) * 100;
        return random.nextBoolean() ? List.of(register) : List.of(register, register + 2);
    }

    /** One register: what is read otherwise has two or four, whatever was learnt about reading them together. */
    private static void readOfAnotherLength(ModbusConnector connector) throws ConnectorException {
        ModbusPoint point = connector.point(row("holding:0", "uint16"));
        assertThat(connector.read(List.of(point)).get(0).quality().isGood()).isTrue();
    }

    private static float value(int register) {
        return register + 0.5f;
    }

    private synchronized Misbehaviour take() {
        Misbehaviour taken = next;
        times--;
        if (times <= 0) {
            next = Misbehaviour.NONE;
        }
        return taken;
    }

    private static void pace() {
        if (SECONDS > 0 && !Boolean.getBoolean("dinrail.soak.fast")) {
            LockSupport.parkNanos(PACE_NANOS);
        }
    }
}
