package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Relay.answer;
import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.TagValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slave that breaks the protocol is lost, and never makes a value. */
class MisbehavingSlaveTest {
    private static final String RIGHT = "0103" + "04" + "428e999a";

    private final EventLoop loop = new EventLoop();
    private final Relay slave = relay();
    private final ModbusConnector connector = new ModbusConnector(
            settings("port", String.valueOf(slave.port()), "timeout", "1s", "retries", "0"), loop, Clock.systemUTC());
    private final ModbusPoint point = connector.point(row("holding:0", "float32"));

    @BeforeEach
    void connect() throws Exception {
        connector.open();
    }

    @AfterEach
    void disconnect() throws Exception {
        connector.close();
        loop.close();
        slave.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0203" + "04" + "428e999a,   unit 2 answered",
        "0103" + "02" + "428e,       answered 2 bytes of data where 4 were asked for",
        "0103" + "04" + "428e,       answered 2 bytes of data where 4 were asked for",
        "0103" + "04" + "428e999a00, answered 5 bytes of data where 4 were asked for",
        "0103" + "06" + "428e999a0000, answered 6 bytes of data where 4 were asked for",
        "0104" + "04" + "428e999a,   answered function 4 where 3 was asked for",
        "0184" + "02,                answered function 132 where 3 was asked for",
        "0103,                       answered 0 bytes of data where 4 were asked for",
        "01,                         is not Modbus",
    })
    void anAnswerThatDoesNotFitIsLost(String fromUnit, String why) throws Exception {
        slave.becomes(request -> answer(request, fromUnit));
        assertThat(failure()).hasMessageContaining(why).returns(Reason.LOST, ConnectorException::reason);
        recovers();
    }

    @ParameterizedTest
    @CsvSource({
        "485454502f312e3120343030204261642052657175657374",
        "0001000000ff0103",
        "000100000001",
        "0001dead000701030442",
        "ffffffffffffffffffffffff",
    })
    void garbageIsLostAtOnce(String hex) throws Exception {
        slave.becomes(request -> HexFormat.of().parseHex(hex));
        assertThat(failure()).hasMessageContaining("is not Modbus").returns(Reason.LOST, ConnectorException::reason);
        recovers();
    }

    @Test
    void silenceIsLostAfterTheTimeout() throws Exception {
        slave.becomes(request -> null);
        assertThat(failure())
                .hasMessage("127.0.0.1:" + slave.port() + " unit 1: no answer within 1s")
                .returns(Reason.LOST, ConnectorException::reason);
        recovers();
    }

    @Test
    void aClosedConnectionIsLostWithoutWaitingForTheTimeout() throws Exception {
        slave.becomes(request -> new byte[0]);
        assertThat(failure()).hasMessageContaining("closed the connection");
        recovers();
    }

    @Test
    void aLateAnswerIsNotTakenForTheNext() throws Exception {
        connector.point(row("2/holding:0", "float32")); // so that unit 1 may be silent for once
        AtomicReference<byte[]> first = new AtomicReference<>();
        slave.becomes(request -> {
            first.set(answer(request, "0103" + "04" + "00000000"));
            return null;
        });
        assertThat(connector.read(List.of(point))).containsExactly(Sample.bad("comm-failure"));
        slave.becomes(request -> {
            byte[] both = java.util.Arrays.copyOf(first.get(), 26);
            System.arraycopy(answer(request, RIGHT), 0, both, 13, 13);
            return both;
        });
        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        assertThat(connector.read(List.of(point))).containsExactly(Sample.good(TagValue.of(71.3f))));
    }

    @Test
    void aSlaveThatWantsAPauseBetweenRequestsGetsIt() throws Exception {
        slave.becomes(request -> answer(request, RIGHT));
        ModbusConnector patient = new ModbusConnector(
                settings("port", String.valueOf(slave.port()), "request.gap", "100ms", "connect.delay", "100ms"),
                loop,
                Clock.systemUTC());
        Instant start = Instant.now();
        patient.open();
        patient.read(List.of(point));
        patient.read(List.of(point));
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        patient.close();
    }

    @ParameterizedTest
    @CsvSource({
        "018304, device-failure",
        "018301, illegal-function",
        "018306, device-busy",
        "01830b, gateway-target-silent",
        "018363, modbus-exception-99",
    })
    void anExceptionIsNamedInTheQualityAndTheConnectionKept(String fromUnit, String status) throws Exception {
        slave.becomes(request -> answer(request, fromUnit));
        assertThat(connector.read(List.of(point))).containsExactly(Sample.bad(status));
    }

    @Test
    void aWriteThatIsConfirmedWronglyIsLost() {
        slave.becomes(request -> answer(request, "0110" + "0000" + "0001"));
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.write(point, TagValue.of(40))))
                .hasMessageContaining("confirmed another write")
                .returns(Reason.LOST, ConnectorException::reason);
    }

    @Test
    void afterTheBundleStoppedNothingConnectsAndNoThreadIsLeft() {
        connector.close();
        loop.close();
        assertThat(catchThrowableOfType(ConnectorException.class, connector::open))
                .hasMessageContaining("stopping");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("dinrail-modbus")));
    }

    private ConnectorException failure() {
        return catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(point)));
    }

    private void recovers() throws ConnectorException {
        slave.becomes(request -> answer(request, RIGHT));
        connector.open();
        assertThat(connector.read(List.of(point))).containsExactly(Sample.good(TagValue.of(71.3f)));
    }

    private static Relay relay() {
        try {
            return new Relay(request -> null);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
