package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every misbehaviour in random order. In the suite it goes through all of them a few times as fast as it can; with {@code -Ddinrail.soak.seconds=600} it
 * lasts that long at ten requests a second.
 */
class SoakTest {
    private static final long SECONDS = Long.getLong("dinrail.soak.seconds", 0);
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TURNS = 3;
    private static final int TAGS = 8;
    /** A false "no such address" makes a tag rest for a minute, as a true one does: that has a test of its own. */
    private static final Set<Misbehaviour> NO_LIES = EnumSet.of(Misbehaviour.NONE, Misbehaviour.ILLEGAL_ADDRESS);

    private final Counts counts = new Counts();
    private final Random random = new Random(20261129);
    private final Map<Misbehaviour, Integer> done = new EnumMap<>(Misbehaviour.class);
    private volatile Misbehaviour next = Misbehaviour.NONE;

    @ParameterizedTest
    @CsvSource({"tcp, 0", "tcp, 2", "rtu-over-tcp, 0", "rtu-over-tcp, 2"})
    void whateverASlaveDoesNoWrongValueIsReadAndItIsHeardAgainAtOnce(String transport, String retries)
            throws Exception {
        try (MisbehavingSlave slave =
                transport.equals("tcp") ? MisbehavingSlave.tcp() : MisbehavingSlave.rtuOverTcp()) {
            slave.lateBy(Duration.ofMillis(300));
            slave.behaves(request -> take());
            for (int i = 0; i < TAGS; i++) {
                slave.unit(1).holding(i * 100, "%08x".formatted(Float.floatToIntBits(i + 0.5f)));
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
                    Clock.systemUTC());
            connector.open();
            try {
                soak(connector, lies(transport));
            } finally {
                connector.close();
            }
        }
    }

    private void soak(ModbusConnector connector, List<Misbehaviour> lies) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int turns = 0;
        do {
            java.util.Collections.shuffle(lies, random);
            for (Misbehaviour lie : lies) {
                long before = counts.faults();
                next = lie;
                neverWrong(connector);
                heardAgain(connector, lie);
                assertThat(counts.faults()).as("%s is counted", lie).isGreaterThan(before);
                done.merge(lie, 1, Integer::sum);
            }
            turns++;
        } while (SECONDS > 0 ? System.nanoTime() < end : turns < TURNS);
        System.out.println("soak: " + done + ", counted: timeouts " + counts.timeouts() + ", invalid "
                + counts.invalid() + ", refused " + counts.refused() + ", requests " + counts.requests());
    }

    /** At once: with the next read, or with the one after it where an answer that came too late had to be waited for first. */
    private void heardAgain(ModbusConnector connector, Misbehaviour lie) throws ConnectorException {
        for (int asked = 0; asked < 3; asked++) {
            if (neverWrong(connector)) {
                neverWrong(connector); // what a lie leaves behind shows here at the latest
                return;
            }
        }
        throw new AssertionError("not heard again after " + lie + ": " + counts.invalid());
    }

    /** @return whether the value was read. */
    private boolean neverWrong(ModbusConnector connector) throws ConnectorException {
        int tag = random.nextInt(TAGS);
        ModbusPoint point = connector.point(row("holding:" + tag * 100, "float32"));
        pace();
        try {
            Sample sample = connector.read(List.of(point)).get(0);
            if (sample.quality().isGood()) {
                assertThat(sample).isEqualTo(Sample.good(TagValue.of(tag + 0.5f)));
            }
            return sample.quality().isGood();
        } catch (ConnectorException e) {
            assertThat(e.reason()).as("%s", e.getMessage()).isEqualTo(Reason.LANE);
            return false;
        }
    }

    private synchronized Misbehaviour take() {
        Misbehaviour taken = next;
        next = Misbehaviour.NONE;
        return taken;
    }

    private static List<Misbehaviour> lies(String transport) {
        EnumSet<Misbehaviour> lies = EnumSet.complementOf(EnumSet.copyOf(NO_LIES));
        if (transport.startsWith("rtu")) {
            // an answer to an earlier request of the same shape is a right answer in RTU
            lies.remove(Misbehaviour.ANSWERS_ANOTHER);
        }
        return new ArrayList<>(lies);
    }

    private static void pace() {
        if (SECONDS > 0) {
            LockSupport.parkNanos(PACE_NANOS);
        }
    }
}
