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
import io.dinrail.testkit.ManualClock;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against j2mod, seen through a relay that counts requests. */
class ModbusConnectorTest {
    private final Counts counts = new Counts();
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private Plc plc;
    private Relay relay;
    private ModbusConnector connector;

    @BeforeEach
    void connect() throws Exception {
        plc = new Plc();
        relay = new Relay(Relay.realServer(plc.port()));
        connector = connector(relay.port());
        connector.open();
    }

    @AfterEach
    void disconnect() throws Exception {
        connector.close();
        relay.close();
        plc.close();
    }

    @Test
    void everyAreaIsRead() throws Exception {
        assertThat(values("coil:0", "coil:1", "coil:9", "discrete:0", "discrete:1", "input:5", "holding:7"))
                .containsExactly("true", "false", "true", "true", "false", "1005", "7");
        assertThat(relay.requests).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "int16,   ABCD, fffe,             -2",
        "int16,   DCBA, feff,             -2",
        "int16,   CDAB, 8000,             -32768",
        "int16,   BADC, ff7f,             32767",
        "uint16,  ABCD, fffe,             65534",
        "uint16,  BADC, 0100,             1",
        "int32,   ABCD, 80000000,         -2147483648",
        "int32,   CDAB, 56781234,         305419896",
        "int32,   BADC, 34127856,         305419896",
        "int32,   DCBA, 78563412,         305419896",
        "int32,   CDAB, fffeffff,         -2",
        "uint32,  ABCD, fffffffe,         4294967294",
        "uint32,  CDAB, 00010000,         1",
        "uint32,  BADC, 00000100,         1",
        "uint32,  DCBA, 01000000,         1",
        "float32, ABCD, 428e999a,         71.3",
        "float32, CDAB, 999a428e,         71.3",
        "float32, BADC, 8e429a99,         71.3",
        "float32, DCBA, 9a998e42,         71.3",
        "float32, ABCD, 80000000,         -0.0",
        "float32, ABCD, 00000001,         1.4E-45",
        "float32, ABCD, 7f7fffff,         3.4028235E38",
        "float32, CDAB, cccd3dcc,         0.1",
        "int64,   ABCD, fffffffffffffffe, -2",
        "int64,   CDAB, fffeffffffffffff, -2",
        "uint64,  ABCD, fffffffffffffffe, 18446744073709551614",
        "uint64,  DCBA, 0100000000000000, 1",
        "uint64,  BADC, 0000000000000100, 1",
        "float64, ABCD, 3fb999999999999a, 0.1",
        "float64, CDAB, 999a999999993fb9, 0.1",
        "float64, BADC, b93f999999999a99, 0.1",
        "float64, DCBA, 9a9999999999b93f, 0.1",
    })
    void everyTypeIsReadAndWrittenExactlyInEveryOrder(String type, String order, String hex, String value)
            throws Exception {
        plc.holding(3, hex);
        ModbusPoint point = connector.point(row("holding:3", type, Access.RW, Map.of("order", order)));
        assertThat(connector.read(List.of(point))).containsExactly(Sample.good(value(type, value)));

        plc.holding(3, "0".repeat(hex.length()));
        connector.write(point, value(type, value));
        assertThat(plc.holding(3, hex.length() / 4)).isEqualTo(hex);
    }

    @Test
    void coilsAndSingleBitsAreWritten() throws Exception {
        connector.write(point("coil:1"), TagValue.of(true));
        connector.write(point("coil:0"), TagValue.of(false));
        plc.holding(2, "00f0");
        connector.write(point("holding:2.15"), TagValue.of(true));
        connector.write(point("holding:2.4"), TagValue.of(false));
        assertThat(plc.holding(2, 1)).isEqualTo("80e0");
        assertThat(values("coil:0", "coil:1", "holding:2.15", "holding:2.4", "holding:2.5"))
                .containsExactly("false", "true", "true", "false", "true");
    }

    @Test
    void aNeighbourIsNeverTouchedByAWrite() throws Exception {
        connector.write(typed("holding:4", "float32"), TagValue.of(1.5));
        assertThat(plc.holding(3, 4)).isEqualTo("0003" + "3fc00000" + "0006");
    }

    @Test
    void manyTagsOfAnAreaTakeOneRequest() throws Exception {
        List<ModbusPoint> all = IntStream.range(0, Plc.SIZE)
                .mapToObj(i -> point("holding:" + i))
                .toList();
        assertThat(connector.read(all)).allMatch(sample -> sample.quality().isGood());
        assertThat(relay.requests).containsExactly("0103" + "0000" + "0028");
    }

    @Test
    void anIllegalAddressHurtsOnlyItselfAndIsAskedForAgainAfterAMinute() throws Exception {
        List<ModbusPoint> points = Stream.of("holding:0", "holding:38", "holding:39", "holding:40")
                .map(this::point)
                .toList();
        for (int poll = 0; poll < 3; poll++) {
            relay.requests.clear();
            assertThat(connector.read(points))
                    .containsExactly(
                            Sample.good(TagValue.of(0)),
                            Sample.good(TagValue.of(38)),
                            Sample.good(TagValue.of(39)),
                            Sample.bad("illegal-data-address"));
        }
        assertThat(relay.requests).containsExactly("010300000028");
        clock.advance(Duration.ofMinutes(1));
        plc.grow();
        assertThat(connector.read(points)).allMatch(sample -> sample.quality().isGood());
    }

    @Test
    void aRefusedWriteSaysWhoRefusedItAndWhy() {
        assertThat(failure(() -> connector.write(point("2/holding:999"), TagValue.of(1))))
                .hasMessage("127.0.0.1:" + relay.port()
                        + " unit 2: refuses to write '2/holding:999': illegal-data-address (exception-02)")
                .returns(Reason.REFUSED, ConnectorException::reason)
                .returns("exception-02", ConnectorException::code);
        assertThat(failure(() -> connector.write(point("holding:1"), TagValue.of(70_000))))
                .hasMessage("'holding:1' takes no such value: 70000 does not fit uint16")
                .returns(Reason.REFUSED, ConnectorException::reason);
        assertThat(counts.refused()).containsEntry("exception-02", 1L);
    }

    @Test
    void aServerThatGoesAwayIsLostAndFoundAgain() throws Exception {
        assertThat(values("holding:7")).containsExactly("7");
        relay.close();
        assertThat(failure(() -> values("holding:7"))).isNotNull();
        assertThat(failure(connector::open))
                .hasMessage("127.0.0.1:" + relay.port() + " can't be connected: Connection refused")
                .returns(Reason.LOST, ConnectorException::reason);
        relay = new Relay(relay.port(), Relay.realServer(plc.port()));
        connector.open();
        assertThat(values("holding:7")).containsExactly("7");
    }

    @Test
    void everyExchangeIsMetered() throws Exception {
        values("holding:7", "input:3");
        assertThat(counts.requests()).isEqualTo(2);
        assertThat(counts.answers()).isEqualTo(2);
        assertThat(counts.bytesOut()).isEqualTo(24);
        assertThat(counts.bytesIn()).isEqualTo(22);
        assertThat(counts.faults()).isZero();
    }

    private ModbusConnector connector(int port) {
        return new ModbusConnector(
                "press", settings("port", String.valueOf(port), "max.gap", "40"), counts, new IdleWatch(), clock);
    }

    private ModbusPoint point(String address) {
        return typed(address, "");
    }

    private ModbusPoint typed(String address, String type) {
        return connector.point(row(address, type));
    }

    private List<String> values(String... addresses) throws ConnectorException {
        return connector.read(Stream.of(addresses).map(this::point).toList()).stream()
                .map(sample -> sample.value().orElseThrow().toString())
                .toList();
    }

    private static TagValue value(String type, String text) {
        return type.startsWith("float")
                ? TagValue.of(Double.parseDouble(text))
                : new TagValue.Whole(new BigInteger(text));
    }

    private static ConnectorException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConnectorException.class, call);
    }
}
