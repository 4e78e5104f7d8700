package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server shows beside plain values: types of its own, methods, alarms and its tree; by a server that takes little at once. */
class InformationModelTest {
    private static TestServer server;
    private static Machine machine;

    private final Platform platform = Rows.platform();
    private final RecordingSink sink = new RecordingSink();
    private OpcuaConnector connector;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(TestServer.freePort(), null, new Stingy(), new Archive(), List.of());
        machine = new Machine(server);
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

    static Stream<Arguments> oddTypes() {
        return Stream.of(
                Arguments.of(OpcUaDataType.NodeId, new NodeId(0, 85), TagValue.of("i=85")),
                Arguments.of(OpcUaDataType.QualifiedName, new QualifiedName(1, "Speed"), TagValue.of("1:Speed")),
                Arguments.of(OpcUaDataType.StatusCode, new StatusCode(0x80340000L), TagValue.of("Bad_NodeIdUnknown")),
                Arguments.of(OpcUaDataType.XmlElement, XmlElement.of("<a/>"), TagValue.of("<a/>")),
                Arguments.of(
                        OpcUaDataType.String,
                        new String[] {"a", null},
                        new TagValue.Array(List.of(TagValue.of("a"), TagValue.of("")))),
                Arguments.of(
                        OpcUaDataType.Variant,
                        new Variant[] {new Variant(1), new Variant("b")},
                        new TagValue.Array(List.of(TagValue.of(1), TagValue.of("b")))),
                Arguments.of(
                        OpcUaDataType.Int32,
                        Matrix.ofInt32(new Integer[][] {{1, 2}, {3, 4}}),
                        new TagValue.Array(List.of(
                                new TagValue.Array(List.of(TagValue.of(1), TagValue.of(2))),
                                new TagValue.Array(List.of(TagValue.of(3), TagValue.of(4)))))));
    }

    @ParameterizedTest
    @MethodSource("oddTypes")
    void everyBuiltInTypeIsUnderstood(OpcUaDataType type, Object raw, TagValue read) throws Exception {
        String name = "Odd" + type + raw.getClass().getSimpleName();
        server.variable(name, type, raw);
        assertThat(value(own(name))).contains(read);
    }

    @Test
    void aStructureOfTheServersOwnIsUnderstoodByItsDefinitionPolledAndSubscribed() throws Exception {
        TagValue expected = structure(
                "Speed",
                TagValue.of(1.5),
                "Name",
                TagValue.of("filler"),
                "Steps",
                new TagValue.Array(List.of(TagValue.of(3), TagValue.of(4))));
        assertThat(value(own("Motion"))).contains(expected);
        subscribe(own("Motion"), own("Plain"));
        await().untilAsserted(() -> assertThat(sink.of(own("Motion")))
                .extracting(sample -> sample.value().orElseThrow())
                .containsExactly(expected));
        await().untilAsserted(() -> assertThat(sink.of(own("Plain"))).hasSize(1));
    }

    @Test
    void aStructureOfTheStandardIsUnderstoodAndAnUnknownOneIsBadWithAReason() throws Exception {
        server.variable(
                "Unit",
                OpcUaDataType.ExtensionObject,
                ExtensionObject.encode(
                        server.server().getStaticEncodingContext(),
                        new EUInformation(
                                "urn:unece", 4408652, LocalizedText.english("°C"), LocalizedText.english("degree"))));
        assertThat(value(own("Unit")))
                .contains(structure(
                        "NamespaceUri",
                        TagValue.of("urn:unece"),
                        "UnitId",
                        TagValue.of(4408652),
                        "DisplayName",
                        TagValue.of("°C"),
                        "Description",
                        TagValue.of("degree")));
        server.variable(
                "Lump",
                OpcUaDataType.ExtensionObject,
                ExtensionObject.of(ByteString.of(new byte[9]), server.id("NoSuchType")));
        server.variable(
                "Short",
                OpcUaDataType.ExtensionObject,
                ExtensionObject.of(ByteString.of(new byte[3]), machine.encoding()));
        assertThat(connector.read(List.of(own("Lump"), own("Short"), own("Plain"))))
                .extracting(Sample::quality)
                .containsExactly(Quality.bad("unknown-structure"), Quality.bad("unknown-structure"), Quality.GOOD);
    }

    @Test
    void anEnumerationIsReadAndWrittenByItsNumber() throws Exception {
        assertThat(value(own("Mode"))).contains(TagValue.of(1));
        connector.write(own("Mode"), TagValue.of(2));
        assertThat(value(own("Mode"))).contains(TagValue.of(2));
    }

    @Test
    void aMethodIsCalledWithArgumentsOfItsOwnTypes() throws Exception {
        OpcuaPoint multiply = OpcuaPoint.of(Rows.row("nsu=urn:test:plc;s=Multiply", TagSpec.METHOD));
        assertThat(connector.call(multiply, List.of(TagValue.of(6), TagValue.of(7.5))))
                .containsExactly(TagValue.of(45.0), TagValue.of("done"));
        assertThat(refusal(multiply, List.of(TagValue.of(1)))).hasMessageContaining("takes 2 arguments, not 1");
        assertThat(refusal(multiply, List.of(TagValue.of("x"), TagValue.of(1)))).hasMessageContaining("factor");
        assertThat(refusal(multiply, List.of(TagValue.of(0), TagValue.of(1))))
                .hasMessageContaining("Bad_OutOfRange")
                .returns("Bad_OutOfRange", ConnectorException::code);
    }

    @Test
    void theTreeIsShownWithTypesAndRightsALevelAtATime() throws Exception {
        List<BrowseEntry> top = connector.browse("");
        assertThat(top).extracting(BrowseEntry::name).contains("Server", "Machine");
        BrowseEntry entry = top.stream()
                .filter(node -> node.name().equals("Machine"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.id()).isEqualTo("nsu=urn:test:plc;s=Machine");
        List<BrowseEntry> beneath = connector.browse(entry.id());
        assertThat(beneath)
                .contains(new BrowseEntry(
                        "nsu=urn:test:plc;s=Plain", "Plain", "variable", "Int32", Optional.of(TagSpec.Access.RW), true))
                .anySatisfy(node -> assertThat(node)
                        .returns("method", BrowseEntry::kind)
                        .returns(TagSpec.METHOD, BrowseEntry::type));
        // more than the server tells in one answer
        assertThat(connector.browse("nsu=urn:test:plc;s=Many")).hasSize(Machine.MANY);
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.browse("ns=1;s=Nowhere")))
                .returns(Reason.REFUSED, ConnectorException::reason);
    }

    @Test
    void moreThanTheServerTakesAtOnceIsReadAndSubscribedInParts() throws Exception {
        List<OpcuaPoint> many = new ArrayList<>();
        for (int i = 0; i < Machine.MANY; i++) {
            many.add(own("Many" + i));
        }
        assertThat(connector.read(many))
                .hasSize(Machine.MANY)
                .allMatch(sample -> sample.quality().isGood());
        subscribe(many.toArray(OpcuaPoint[]::new));
        await().untilAsserted(() -> assertThat(sink.reports).hasSize(Machine.MANY));
    }

    @Test
    void theServerKeepsTheDeadband() throws Exception {
        TagSpec row = Rows.row("nsu=urn:test:plc;s=Plain", "", 5.0);
        OpcuaPoint point = connector.point(row);
        subscribe(point);
        await().untilAsserted(() -> assertThat(sink.of(point)).hasSize(1));
        machine.plain(12); // from 10
        machine.plain(20);
        await().untilAsserted(() -> assertThat(sink.of(point))
                .extracting(sample -> sample.value().orElseThrow())
                .containsExactly(TagValue.of(10), TagValue.of(20)));
        machine.plain(10);
    }

    @Test
    void anAlarmIsToldAcknowledgedAtTheServerAndToldAgainAfterAReconnect() throws Exception {
        OpcuaPoint alarms = OpcuaPoint.of(Rows.row("i=2253", TagSpec.ALARMS));
        subscribe(alarms);
        await().untilAsserted(() -> assertThat(sink.complete).contains(alarms));
        machine.alarm(true, false);
        await().untilAsserted(() -> assertThat(sink.alarms).hasSize(1));
        DeviceAlarm raised = sink.alarms.get(0);
        assertThat(raised)
                .returns("nsu=urn:test:plc;s=Overheat", DeviceAlarm::condition)
                .returns("Filler", DeviceAlarm::source)
                .returns(Severity.CRITICAL, DeviceAlarm::severity)
                .returns("too hot", DeviceAlarm::message)
                .returns(true, DeviceAlarm::active)
                .returns(false, DeviceAlarm::acknowledged);

        connector.acknowledge(alarms, raised.condition(), "seen");
        assertThat(machine.acknowledged()).containsExactly("seen");
        await().untilAsserted(
                        () -> assertThat(sink.alarms.get(sink.alarms.size() - 1).acknowledged())
                                .isTrue());

        connector.close();
        int told = sink.alarms.size();
        connector.open();
        subscribe(alarms);
        await().untilAsserted(() -> assertThat(sink.alarms).hasSizeGreaterThan(told));
        await().untilAsserted(() -> assertThat(sink.complete).hasSize(2));
        assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.acknowledge(alarms, "nothing", "")))
                .returns(Reason.REFUSED, ConnectorException::reason);
    }

    private ConnectorException refusal(OpcuaPoint method, List<TagValue> arguments) {
        return catchThrowableOfType(ConnectorException.class, () -> connector.call(method, arguments));
    }

    private void subscribe(OpcuaPoint... points) throws ConnectorException {
        connector.subscribe(
                Arrays.stream(points)
                        .map(point -> new Subscribed<>(point, Duration.ofMillis(20)))
                        .toList(),
                sink);
    }

    private Optional<TagValue> value(OpcuaPoint point) throws ConnectorException {
        return connector.read(List.of(point)).get(0).value();
    }

    private static OpcuaPoint own(String name) {
        return point("nsu=urn:test:plc;s=" + name);
    }

    private static TagValue structure(Object... namesAndValues) {
        Map<String, TagValue> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (TagValue) namesAndValues[i + 1]);
        }
        return new TagValue.Structure(fields);
    }

    /** Takes little at once. */
    private static final class Stingy implements OpcUaServerConfigLimits {
        @Override
        public UInteger getMaxNodesPerRead() {
            return Unsigned.uint(10);
        }

        @Override
        public UInteger getMaxMonitoredItemsPerCall() {
            return Unsigned.uint(7);
        }
    }
}
