package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a Milo server that stays up. */
class OpcuaConnectorTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    private static TestServer server;
    private final Platform platform = Rows.platform();
    private final RecordingSink sink = new RecordingSink();
    private OpcuaConnector connector;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connector = Rows.connector(platform, "endpoint", server.endpoint(), "publishing.interval", "50ms");
        connector.open();
    }

    @AfterEach
    void disconnect() {
        connector.close();
        platform.close();
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(OpcUaDataType.Boolean, true, TagValue.of(true), TagValue.of(false)),
                Arguments.of(OpcUaDataType.SByte, (byte) -128, TagValue.of(-128), TagValue.of(127)),
                Arguments.of(OpcUaDataType.Byte, Unsigned.ubyte(255), TagValue.of(255), TagValue.of(0)),
                Arguments.of(OpcUaDataType.Int16, (short) -32768, TagValue.of(-32768), TagValue.of(32767)),
                Arguments.of(OpcUaDataType.UInt16, Unsigned.ushort(65535), TagValue.of(65535), TagValue.of(0)),
                Arguments.of(OpcUaDataType.Int32, -5, TagValue.of(-5), TagValue.of(Integer.MAX_VALUE)),
                Arguments.of(
                        OpcUaDataType.UInt32, Unsigned.uint(4294967295L), TagValue.of(4294967295L), TagValue.of(7)),
                Arguments.of(OpcUaDataType.Int64, Long.MIN_VALUE, TagValue.of(Long.MIN_VALUE), TagValue.of(9)),
                Arguments.of(
                        OpcUaDataType.UInt64,
                        Unsigned.ulong(new BigInteger("18446744073709551615")),
                        new TagValue.Whole(new BigInteger("18446744073709551615")),
                        TagValue.of(1)),
                Arguments.of(OpcUaDataType.Float, 71.3f, TagValue.of(71.3), TagValue.of(0.1)),
                Arguments.of(OpcUaDataType.Double, 0.1, TagValue.of(0.1), TagValue.of(-1e300)),
                Arguments.of(OpcUaDataType.String, "Grüße", TagValue.of("Grüße"), TagValue.of("")),
                Arguments.of(
                        OpcUaDataType.DateTime,
                        new DateTime(NOON),
                        TagValue.of("2026-11-22T12:00:00.123Z"),
                        TagValue.of("2027-01-01T00:00:00Z")),
                Arguments.of(
                        OpcUaDataType.ByteString,
                        ByteString.of(new byte[] {1, -1}),
                        new TagValue.Bytes(new byte[] {1, -1}),
                        new TagValue.Bytes(new byte[0])),
                Arguments.of(
                        OpcUaDataType.Guid,
                        new UUID(1, 2),
                        TagValue.of(new UUID(1, 2).toString()),
                        TagValue.of(new UUID(3, 4).toString())),
                Arguments.of(
                        OpcUaDataType.LocalizedText,
                        LocalizedText.english("on"),
                        TagValue.of("on"),
                        TagValue.of("off")),
                Arguments.of(
                        OpcUaDataType.Double,
                        new Double[] {1.5, 2.5},
                        new TagValue.Array(List.of(TagValue.of(1.5), TagValue.of(2.5))),
                        new TagValue.Array(List.of(TagValue.of(3.0)))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeIsReadAndWrittenAsTheNodesOwn(OpcUaDataType type, Object raw, TagValue read, TagValue written)
            throws Exception {
        OpcuaPoint point = variable(type.name() + raw.getClass().isArray(), type, raw);
        assertThat(value(point)).contains(read);
        connector.write(point, written);
        assertThat(value(point)).contains(written);
    }

    @Test
    void aReadingCarriesTheSourcesTimeAndStatus() throws Exception {
        UaVariableNode node = server.variable("Uncertain", OpcUaDataType.Double, 1.5);
        node.setValue(new DataValue(
                new Variant(1.5), new StatusCode(StatusCodes.Uncertain_LastUsableValue), new DateTime(NOON)));
        assertThat(connector.read(List.of(point("nsu=urn:test:plc;s=Uncertain"))))
                .containsExactly(new Sample(
                        Optional.of(TagValue.of(1.5)),
                        Quality.uncertain("Uncertain_LastUsableValue"),
                        Optional.of(NOON)));
    }

    @Test
    void whatCannotBeReadHurtsOnlyItself() throws Exception {
        OpcuaPoint good = variable("Good", OpcUaDataType.Int32, 7);
        variable(
                "Lump",
                OpcUaDataType.ExtensionObject,
                ExtensionObject.of(ByteString.of(new byte[5]), new NodeId(9, 1)));
        assertThat(connector
                        .read(List.of(
                                point("nsu=urn:test:plc;s=Nowhere"),
                                good,
                                point("nsu=urn:nowhere;s=Good"),
                                point("nsu=urn:test:plc;s=Lump")))
                        .stream()
                        .map(Sample::quality))
                .containsExactly(
                        Quality.bad("Bad_NodeIdUnknown"),
                        Quality.GOOD,
                        Quality.bad("config-error"),
                        Quality.bad("unknown-structure"));
    }

    @Test
    void changesAreReportedAndTheInitialValueToo() throws Exception {
        UaVariableNode node = server.variable("Changing", OpcUaDataType.Int32, 1);
        OpcuaPoint point = point("nsu=urn:test:plc;s=Changing");
        subscribe(point);
        await().untilAsserted(() -> assertThat(numbers(point)).containsExactly("1"));
        node.setValue(new DataValue(new Variant(2)));
        await().untilAsserted(() -> assertThat(numbers(point)).containsExactly("1", "2"));
    }

    @Test
    void anUnknownNodeInASubscriptionHurtsOnlyItself() throws Exception {
        OpcuaPoint good = variable("SubscribedGood", OpcUaDataType.Int32, 3);
        OpcuaPoint unknown = point("nsu=urn:test:plc;s=Nowhere");
        OpcuaPoint elsewhere = point("nsu=urn:nowhere;s=Good");
        subscribe(unknown, good, elsewhere);
        await().untilAsserted(() -> assertThat(numbers(good)).containsExactly("3"));
        assertThat(sink.of(unknown)).containsExactly(Sample.bad("Bad_NodeIdUnknown"));
        assertThat(sink.of(elsewhere)).containsExactly(Sample.bad("config-error"));
    }

    @Test
    void aNewSubscriptionReplacesTheOneBefore() throws Exception {
        UaVariableNode old = server.variable("Old", OpcUaDataType.Int32, 1);
        OpcuaPoint oldPoint = point("nsu=urn:test:plc;s=Old");
        OpcuaPoint newPoint = variable("New", OpcUaDataType.Int32, 5);
        subscribe(oldPoint);
        await().untilAsserted(() -> assertThat(numbers(oldPoint)).containsExactly("1"));
        subscribe(newPoint);
        old.setValue(new DataValue(new Variant(2)));
        await().untilAsserted(() -> assertThat(numbers(newPoint)).containsExactly("5"));
        assertThat(numbers(oldPoint)).containsExactly("1");
        assertThat(sink.losses).isEmpty();
    }

    @Test
    void aRefusedWriteSaysWhatAndWhy() {
        server.sensor("Sensor", OpcUaDataType.Double, 1.5);
        OpcuaPoint sensor = point("nsu=urn:test:plc;s=Sensor");
        assertThat(failure(() -> connector.write(sensor, TagValue.of(2.0))))
                .hasMessage(server.endpoint() + ": refuses to write 'nsu=urn:test:plc;s=Sensor': Bad_UserAccessDenied")
                .returns(Reason.REFUSED, ConnectorException::reason);
        OpcuaPoint small = variable("Small", OpcUaDataType.Byte, Unsigned.ubyte(1));
        assertThat(failure(() -> connector.write(small, TagValue.of(256))))
                .hasMessageContaining("256 does not fit Byte")
                .returns(Reason.REFUSED, ConnectorException::reason);
        assertThat(failure(() -> connector.write(point("nsu=urn:test:plc;s=Nowhere"), TagValue.of(1))))
                .hasMessageContaining("Bad_NodeIdUnknown")
                .returns(Reason.REFUSED, ConnectorException::reason);
    }

    @Test
    void aLivingServerPassesTheProbeAndAClosedConnectorIsQuiet() throws Exception {
        connector.probe();
        subscribe(variable("Quiet", OpcUaDataType.Int32, 1));
        Instant start = Instant.now();
        connector.close();
        connector.close();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(sink.losses).isEmpty();
        assertThat(failure(connector::probe)).hasMessageContaining("is not connected");
    }

    private void subscribe(OpcuaPoint... points) throws ConnectorException {
        connector.subscribe(
                Stream.of(points)
                        .map(point -> new Subscribed<>(point, Duration.ofMillis(20)))
                        .toList(),
                sink);
    }

    private Optional<TagValue> value(OpcuaPoint point) throws ConnectorException {
        return connector.read(List.of(point)).get(0).value();
    }

    private List<String> numbers(OpcuaPoint point) {
        return sink.of(point).stream()
                .map(sample -> sample.value().map(Object::toString).orElse("none"))
                .toList();
    }

    private static OpcuaPoint variable(String name, OpcUaDataType type, Object value) {
        server.variable(name, type, value);
        return point("nsu=urn:test:plc;s=" + name);
    }

    private static ConnectorException failure(ThrowingCallable call) {
        return catchThrowableOfType(ConnectorException.class, call);
    }
}
