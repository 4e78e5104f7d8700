package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import io.dinrail.testkit.modbus.SlaveRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A slave that breaks the protocol never makes a value, is counted, and is heard again as soon as it behaves. */
class MisbehavingSlaveTest {
    private static final Sample RIGHT = Sample.good(TagValue.of(71.3f));

    private final Counts counts = new Counts();
    private MisbehavingSlave slave;
    private ModbusConnector connector;
    private ModbusPoint point;

    @AfterEach
    void disconnect() throws Exception {
        connector.close();
        slave.close();
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_TRANSACTION,    transaction,    never made",
        "WRONG_PROTOCOL,       protocol,       is not Modbus",
        "LENGTH_TOO_LONG,      length,         where 6 were asked for",
        "LENGTH_OF_NOTHING,    length,         is not Modbus",
        "WRONG_UNIT,           unit,           unit 65 answered",
        "WRONG_FUNCTION,       function,       answered function 67 where 3 was asked for",
        "WRONG_BYTE_COUNT,     byte-count,     announced 6 bytes of data and sent 4",
        "FEWER_REGISTERS,      register-count, answered 2 bytes of data where 4 were asked for",
        "MORE_REGISTERS,       length,         announced an answer of 8 bytes where 6 were asked for",
        "GARBAGE,              protocol,       is not Modbus",
        "TRUNCATED,            truncated,      didn't end it",
        "TRUNCATED_AND_CLOSED, truncated,      closed the connection",
        "CLOSED,               closed,         closed the connection",
    })
    void aLieOverTcpIsCountedByItsKind(Misbehaviour lie, String kind, String why) throws Exception {
        connect("tcp");
        lieIsCounted(lie, kind, why);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_TRANSACTION,    crc,            wrong checksum",
        "WRONG_PROTOCOL,       crc,            wrong checksum",
        "WRONG_UNIT,           unit,           unit 65 answered",
        "WRONG_FUNCTION,       function,       answered function 67 where 3 was asked for",
        "WRONG_BYTE_COUNT,     register-count, answered 6 bytes of data where 4 were asked for",
        "FEWER_REGISTERS,      register-count, answered 2 bytes of data where 4 were asked for",
        "MORE_REGISTERS,       register-count, answered 6 bytes of data where 4 were asked for",
        "GARBAGE,              unit,           unit 72 answered",
        "TRUNCATED,            truncated,      didn't end it",
        "LENGTH_TOO_LONG,      truncated,      didn't end it",
        "TRUNCATED_AND_CLOSED, truncated,      closed the connection",
        "CLOSED,               closed,         closed the connection",
    })
    void aLieOverRtuIsCountedByItsKind(Misbehaviour lie, String kind, String why) throws Exception {
        connect("rtu-over-tcp");
        lieIsCounted(lie, kind, why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void silenceTakesTheLaneDownAfterTheTimeout(String transport) throws Exception {
        connect(transport);
        slave.behaves(request -> Misbehaviour.SILENT);
        assertThat(failure())
                .hasMessage("127.0.0.1:" + slave.port() + " unit 1: no answer within 500ms")
                .returns(Reason.LANE, ConnectorException::reason);
        assertThat(counts.timeouts()).isEqualTo(1);
        recovers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void aLateAnswerIsNotTakenForTheNext(String transport) throws Exception {
        connect(transport);
        slave.unit(1).holding(100, "00000000");
        slave.lateBy(Duration.ofMillis(700));
        ModbusPoint other = connector.point(row("holding:100", "float32"));
        AtomicInteger asked = new AtomicInteger();
        slave.behaves(request -> asked.getAndIncrement() == 0 ? Misbehaviour.LATE : Misbehaviour.NONE);
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(other))))
                .hasMessageContaining("no answer");
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
        assertThat(connector.read(List.of(other))).containsExactly(Sample.good(TagValue.of(0f)));
        assertThat(counts.invalid()).containsExactly(Map.entry("late", 1L));
        assertThat(slave.connections()).isEqualTo(1);
    }

    @Test
    void aDeviceThatStallsForLongOverRtuDeceivesNobodyWithWhatItAnswersThen() throws Exception {
        connect("rtu-over-tcp");
        slave.unit(1).holding(100, "00000000");
        ModbusPoint other = connector.point(row("holding:100", "float32"));
        slave.lateBy(Duration.ofMillis(1800));
        AtomicInteger asked = new AtomicInteger();
        slave.behaves(request -> asked.getAndIncrement() == 0 ? Misbehaviour.LATE : Misbehaviour.NONE);
        for (int turn = 0; turn < 3; turn++) { // the read, and two echoes
            assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(other))))
                    .hasMessageContaining("no answer");
        }
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
        assertThat(connector.read(List.of(other))).containsExactly(Sample.good(TagValue.of(0f)));
        assertThat(counts.invalid()).containsExactly(Map.entry("late", 3L));
        assertThat(slave.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 1800})
    void aDeviceThatIsSilentToEchoesDeceivesNobodyEitherWithWhatItAnswersLate(int lateness) throws Exception {
        connect("rtu-over-tcp", request -> request.function() == 8 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        slave.unit(1).holding(100, "00000000");
        slave.lateBy(Duration.ofMillis(lateness));
        ModbusPoint other = connector.point(row("holding:100", "float32"));
        AtomicInteger asked = new AtomicInteger();
        slave.behaves(request -> request.function() == 8
                ? Misbehaviour.SILENT
                : asked.getAndIncrement() == 0 ? Misbehaviour.LATE : Misbehaviour.NONE);
        List<Sample> first = List.of();
        for (int turn = 0; turn < 5 && first.isEmpty(); turn++) {
            try {
                first = connector.read(List.of(turn == 0 ? other : point));
            } catch (ConnectorException e) {
                assertThat(e).hasMessageContaining("no answer");
            }
        }
        assertThat(first).containsExactly(RIGHT);
        assertThat(connector.read(List.of(other))).containsExactly(Sample.good(TagValue.of(0f)));
        assertThat(counts.invalid()).containsOnlyKeys("late");
        assertThat(slave.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"tcp, transaction, TWICE", "tcp, transaction, FLOODS", "rtu-over-tcp, unasked, TWICE"})
    void whatComesUnaskedCostsTheConnectionAndNoRequest(String transport, String kind, Misbehaviour flood)
            throws Exception {
        connect(transport);
        slave.behaves(request -> flood);
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
        recovers();
        assertThat(counts.invalid()).containsExactly(Map.entry(kind, 1L));
        assertThat(slave.connections()).isEqualTo(2);
    }

    @Test
    void whatComesUnaskedIsNotTakenForSomethingLateOfAnotherKind() throws Exception {
        connect("rtu-over-tcp", request -> request.function() == 8 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        slave.behaves(request -> request.function() == 8 ? Misbehaviour.SILENT : Misbehaviour.TWICE);
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
        recovers();
        assertThat(counts.invalid()).containsExactly(Map.entry("unasked", 1L));
        assertThat(slave.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void anAnswerToAnEarlierRequestIsNotTakenForThis(String transport) throws Exception {
        connect(transport);
        connector.read(List.of(connector.point(row("input:0", "float64"))));
        slave.behaves(request -> Misbehaviour.ANSWERS_ANOTHER);
        assertThat(failure()).returns(Reason.LANE, ConnectorException::reason);
        recovers();
    }

    @ParameterizedTest
    @CsvSource({
        "ILLEGAL_FUNCTION, illegal-function, exception-01, 1",
        "ILLEGAL_ADDRESS,  illegal-data-address, exception-02, 2",
        "DEVICE_FAILURE,   device-failure, exception-04, 1",
        "BUSY,             device-busy, exception-06, 1",
    })
    void anExceptionIsNamedInTheQualityAndTheConnectionKept(
            Misbehaviour refusal, String status, String code, long asked) throws Exception {
        connect("tcp");
        slave.behaves(request -> refusal);
        assertThat(connector.read(List.of(point))).containsExactly(Sample.bad(status));
        assertThat(counts.refused()).containsExactly(Map.entry(code, asked));
        assertThat(slave.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void aUnitThatAGatewayCannotReachTakesOnlyItsLaneDown(String transport) throws Exception {
        connect(transport);
        slave.behaves(request -> Misbehaviour.UNREACHABLE);
        assertThat(failure())
                .hasMessageContaining("the gateway can't reach it: gateway-target-silent")
                .returns(Reason.LANE, ConnectorException::reason);
        recovers();
        assertThat(slave.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void aWriteThatIsConfirmedWronglyIsNotKnownToBeDoneAndNotRepeated(String transport) throws Exception {
        connect(transport);
        ModbusPoint writable = connector.point(row("holding:8", "uint16", Access.RW, Map.of()));
        slave.behaves(request -> Misbehaviour.WRONG_ECHO);
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.write(writable, TagValue.of(40))))
                .hasMessageContaining("confirmed another write")
                .returns(Reason.LANE, ConnectorException::reason);
        assertThat(slave.requests()).hasSize(1);
        assertThat(counts.invalid()).containsExactly(Map.entry("echo", 1L));
        recovers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "rtu-over-tcp"})
    void aReadIsAskedAgainWithinTheSameCallIfRetriesAreLeft(String transport) throws Exception {
        connect(transport, "retries", "2");
        for (Misbehaviour lie :
                List.of(Misbehaviour.SILENT, Misbehaviour.CLOSED, Misbehaviour.GARBAGE, Misbehaviour.FEWER_REGISTERS)) {
            AtomicInteger asked = new AtomicInteger();
            slave.behaves(request -> asked.getAndIncrement() < 2 ? lie : Misbehaviour.NONE);
            assertThat(connector.read(List.of(point))).as("%s", lie).containsExactly(RIGHT);
        }
    }

    private void lieIsCounted(Misbehaviour lie, String kind, String why) throws Exception {
        slave.behaves(request -> lie);
        assertThat(failure()).hasMessageContaining(why).returns(Reason.LANE, ConnectorException::reason);
        assertThat(counts.invalid()).containsExactly(Map.entry(kind, 1L));
        recovers();
        assertThat(slave.connections()).isEqualTo(2);
    }

    private void connect(String transport, String... more) throws Exception {
        connect(transport, request -> Misbehaviour.NONE, more);
    }

    private void connect(String transport, Function<SlaveRequest, Misbehaviour> conduct, String... more)
            throws Exception {
        slave = transport.equals("tcp") ? MisbehavingSlave.tcp() : MisbehavingSlave.rtuOverTcp();
        slave.unit(1).holding(0, "428e999a");
        slave.behaves(conduct);
        String[] all = {"port", String.valueOf(slave.port()), "timeout", "500ms", "retries", "0", "transport", transport
        };
        String[] keys = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, keys, all.length, more.length);
        connector = new ModbusConnector("press", settings(keys), counts, new IdleWatch(), Clock.systemUTC());
        point = connector.point(row("holding:0", "float32"));
        connector.open();
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
        slave.forget();
    }

    private ConnectorException failure() {
        return catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(point)));
    }

    private void recovers() throws ConnectorException {
        slave.behaves(request -> Misbehaviour.NONE);
        assertThat(connector.read(List.of(point))).containsExactly(RIGHT);
    }
}
