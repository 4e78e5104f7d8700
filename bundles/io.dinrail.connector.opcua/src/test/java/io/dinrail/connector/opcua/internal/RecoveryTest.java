package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.testkit.opcua.MisbehavingServer;
import io.dinrail.testkit.opcua.Misbehaviour;
import io.dinrail.testkit.opcua.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After each kind of outage all is back, what was missed comes once, and nothing comes twice. */
class RecoveryTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final Platform platform = Rows.platform();
    private final RecordingSink sink = new RecordingSink();
    private final Archive archive = new Archive();
    private OpcuaConnector connector;

    @AfterEach
    void stop() {
        connector.close();
        platform.close();
    }

    @Test
    void overABrokenConnectionTheSessionGoesOnAndTheServerTellsWhatItKept() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer relay = MisbehavingServer.before(server.port())) {
            UaVariableNode counter = server.variable("Counter", OpcUaDataType.Int32, 1);
            server.variable("Still", OpcUaDataType.Int32, 9);
            connect(relay);
            List<OpcuaPoint> points = points("Counter", "Still");
            begin(points);
            assertThat(all("Counter")).containsExactly("1");

            relay.cut();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sink.losses).hasSize(1));
            connector.close();
            counter.setValue(value(2));
            relay.mend();
            begin(points);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(all("Still")).containsExactly("9", "9"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(all("Counter")).containsExactly("1", "2"));
            counter.setValue(value(3));
            // Milo's server may answer requests of the dead connection first, and the next sign of life comes seconds
            // later
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(all("Counter")).containsExactly("1", "2", "3"));
            assertThat(connector.facts())
                    .containsEntry("sessionsReactivated", "1")
                    .containsEntry("subscriptionsRecreated", "0");
            assertThat(server.server().getSessionManager().getAllSessions()).hasSize(1);
        }
    }

    @Test
    void whatTheServerSaidIntoASilentLineIsAskedForAgain() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer relay = MisbehavingServer.before(server.port())) {
            UaVariableNode counter = server.variable("Counter", OpcUaDataType.Int32, 1);
            connect(relay);
            List<OpcuaPoint> points = points("Counter");
            begin(points);

            relay.swallowAnswers();
            counter.setValue(value(2));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sink.losses).hasSize(1));
            connector.close();
            relay.cut();
            relay.mend();
            begin(points);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(all("Counter")).containsExactly("1", "2"));
            assertThat(Integer.parseInt(connector.facts().get("messagesRepublished")))
                    .isPositive();
            assertThat(connector.facts()).containsEntry("subscriptionsRecreated", "0");
        }
    }

    @Test
    void aServerThatSwallowsEveryByteIsLostWithinTheTimeoutAndAReadFailsMeanwhile() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer relay = MisbehavingServer.before(server.port())) {
            server.variable("Counter", OpcUaDataType.Int32, 1);
            connect(relay);
            begin(points("Counter"));
            relay.fallSilent();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(sink.losses).singleElement().asString().contains("no answer within"));
            assertThat(catchThrowableOfType(ConnectorException.class, connector::probe))
                    .hasMessageContaining("no answer within");
        }
    }

    @Test
    void aSessionThatTheServerDroppedIsMadeAnewAndTheGapComesFromItsHistory() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer relay = MisbehavingServer.before(server.port())) {
            UaVariableNode counter = server.variable("Counter", OpcUaDataType.Int32, 0);
            server.set(counter, 1, START);
            connect(relay);
            List<OpcuaPoint> points = points("Counter");
            begin(points);

            relay.cut();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sink.losses).hasSize(1));
            connector.close();
            server.server()
                    .getSessionManager()
                    .getAllSessions()
                    .forEach(session -> server.server().getSessionManager().killSession(session.getSessionId(), true));
            for (int i = 2; i <= 8; i++) {
                server.set(counter, i, START.plusSeconds(i));
            }
            archive.giveAtOnce(2);
            relay.mend();
            begin(points);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sorted("Counter"))
                            .containsExactly("1", "2b", "3b", "4b", "5b", "6b", "7b", "8"));
            assertThat(connector.facts())
                    .containsEntry("subscriptionsRecreated", "1")
                    .containsEntry("valuesBackfilled", "6");
        }
    }

    @Test
    void afterARestartWithNamespacesSwappedTwoThousandItemsAreBackAndTheirGapsFilled() throws Exception {
        int port = TestServer.freePort();
        List<String> names = IntStream.range(0, 2000).mapToObj(i -> "Item" + i).toList();
        List<OpcuaPoint> points = points(names.toArray(String[]::new));
        try (TestServer first = server(port, List.of())) {
            names.forEach(name -> first.set(first.variable(name, OpcUaDataType.Int32, 0), 1, START));
            connector = Rows.connector(
                    platform, "endpoint", first.endpoint(), "timeout", "20s", "publishing.interval", "50ms");
            begin(points);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sink.losses).hasSize(1));
        connector.close();
        try (TestServer second = server(port, List.of("urn:test:other", "urn:test:another"))) {
            for (String name : names) {
                UaVariableNode node = second.variable(name, OpcUaDataType.Int32, 0);
                for (int i = 2; i <= 4; i++) {
                    second.set(node, i, START.plusSeconds(i));
                }
            }
            begin(points);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sink.reports).hasSize(2000 * 4));
            connector.probe();
            Map<OpcuaPoint, List<String>> told = new HashMap<>();
            for (Report<OpcuaPoint> report : sink.reports) {
                told.computeIfAbsent(report.point(), key -> new ArrayList<>()).add(shown(report.sample()));
            }
            assertThat(told.values())
                    .hasSize(2000)
                    .allSatisfy(values -> assertThat(values).containsExactlyInAnyOrder("1", "2b", "3b", "4"));
            connector.close();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(second.server().getSessionManager().getAllSessions())
                                    .isEmpty());
        }
    }

    @Test
    void aServerWithoutHistoryIsAskedOnceForEachItem() throws Exception {
        Ledger ledger = new Ledger();
        OpcuaPoint point = point("nsu=urn:test:plc;s=Value");
        Item item = ledger.add(List.of(new Subscribed<>(point, Duration.ofSeconds(1))))
                .get(0);
        connector = Rows.connector(platform);
        ledger.enter(item, sample(1, START), false);
        ledger.restart();
        assertThat(ledger.enter(item, sample(2, START.plusSeconds(5)), false).gap())
                .isPresent();
        item.withoutHistory = true;
        ledger.restart();
        assertThat(ledger.enter(item, sample(3, START.plusSeconds(9)), false).gap())
                .isEmpty();
    }

    @Test
    void aQueueThatRanOverLeavesAGapToFill() throws Exception {
        Ledger ledger = new Ledger();
        connector = Rows.connector(platform);
        OpcuaPoint point = point("nsu=urn:test:plc;s=Value");
        Item item = ledger.add(List.of(new Subscribed<>(point, Duration.ofSeconds(1))))
                .get(0);
        ledger.enter(item, sample(1, START), false);
        assertThat(ledger.enter(item, sample(9, START.plusSeconds(9)), true).gap())
                .contains(new Ledger.Gap(item, START, START.plusSeconds(9)));
    }

    @Test
    void whatIsMissingIsAskedForOnceTheValueBehindItWasTold() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer relay = MisbehavingServer.before(server.port())) {
            UaVariableNode counter = server.variable("Counter", OpcUaDataType.Int32, 0);
            server.set(counter, 1, START);
            connect(relay);
            begin(points("Counter"));
            connector.close();
            server.server()
                    .getSessionManager()
                    .getAllSessions()
                    .forEach(session -> server.server().getSessionManager().killSession(session.getSessionId(), true));
            server.set(counter, 2, START.plusSeconds(2));
            server.set(counter, 3, START.plusSeconds(3));

            List<Integer> askedWhileTold = new CopyOnWriteArrayList<>();
            connector.open();
            connector.subscribe(
                    List.of(new Subscribed<>(points("Counter").get(0), Duration.ofMillis(20))), new SampleSink<>() {
                        @Override
                        public void report(List<Report<OpcuaPoint>> reports) {
                            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                            if (!reports.get(0).sample().backfilled()) {
                                askedWhileTold.add(archive.requests.get());
                            }
                            sink.report(reports);
                        }

                        @Override
                        public void lost(String reason) {
                            sink.lost(reason);
                        }
                    });
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(all("Counter")).containsExactly("1", "3", "2b"));
            assertThat(askedWhileTold).containsExactly(0);
        }
    }

    @Test
    void anItemWhoseMakingWasNeverConfirmedIsNotThereTwice() throws Exception {
        try (TestServer server = server(TestServer.freePort(), List.of());
                MisbehavingServer front = MisbehavingServer.before(server.port())) {
            server.variable("Counter", OpcUaDataType.Int32, 1);
            connect(front);
            front.behaves(answer -> answer.service() == Service.CREATE_ITEMS ? Misbehaviour.CLOSED : Misbehaviour.NONE);
            assertThat(catchThrowableOfType(ConnectorException.class, () -> begin(points("Counter"))))
                    .hasMessageContaining("the server closed the connection");
            connector.close();
            front.behaves(answer -> Misbehaviour.NONE);
            begin(points("Counter"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(server.server().getSessionManager().getAllSessions().stream()
                                    .flatMap(session -> session.getSubscriptionManager().getSubscriptions().stream())
                                    .mapToInt(subscription ->
                                            subscription.getMonitoredItems().size())
                                    .sum())
                            .isEqualTo(1));
        }
    }

    @Test
    void whicheverOfTheKeptValuesIsMarkedTheGapIsBeforeTheFirst() throws Exception {
        AtomicInteger sampled = new AtomicInteger();
        try (TestServer server = server(TestServer.freePort(), List.of())) {
            UaVariableNode counter = server.variable("Counter", OpcUaDataType.Int32, 0);
            counter.getFilterChain().addLast(AttributeFilters.getValue(context -> {
                sampled.incrementAndGet();
                return (DataValue) context.getAttribute(AttributeId.Value);
            }));
            server.set(counter, 1, START);
            connector = Rows.connector(
                    platform, "endpoint", server.endpoint(), "timeout", "10s", "publishing.interval", "4s");
            OpcuaPoint queueOfThree = OpcuaPoint.of(Rows.row("nsu=urn:test:plc;s=Counter", "", Map.of("queue", "3")));
            begin(List.of(queueOfThree));
            for (int i = 2; i <= 5; i++) {
                server.set(counter, i, START.plusSeconds(i));
                int before = sampled.get();
                await().atMost(Duration.ofSeconds(30)).until(() -> sampled.get() > before + 1);
            }
            // Milo marks the newest, though it is the oldest that was dropped
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(sink.of(queueOfThree).stream().map(RecoveryTest::shown))
                                    .containsExactly("1", "3", "4", "5", "2b"));
        }
    }

    private static Sample sample(int value, Instant at) {
        return new Decoder(structure -> structure)
                .sample(new DataValue(new Variant(value), StatusCode.GOOD, new DateTime(at)));
    }

    private TestServer server(int port, List<String> namespacesBefore) throws Exception {
        return new TestServer(port, null, new OpcUaServerConfigLimits() {}, archive, namespacesBefore);
    }

    private void connect(MisbehavingServer relay) {
        connector =
                Rows.connector(platform, "endpoint", relay.endpoint(), "timeout", "3s", "publishing.interval", "50ms");
    }

    private void begin(List<OpcuaPoint> points) throws Exception {
        int before = sink.reports.size();
        connector.open();
        connector.subscribe(
                points.stream()
                        .map(point -> new Subscribed<>(point, Duration.ofMillis(20)))
                        .toList(),
                sink);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sink.reports).hasSizeGreaterThanOrEqualTo(before + points.size()));
    }

    private static List<OpcuaPoint> points(String... names) {
        return Arrays.stream(names)
                .map(name -> point("nsu=urn:test:plc;s=" + name))
                .toList();
    }

    private static DataValue value(int value) {
        return new DataValue(new Variant(value));
    }

    private List<String> all(String name) {
        return sink.of(point("nsu=urn:test:plc;s=" + name)).stream()
                .map(RecoveryTest::shown)
                .toList();
    }

    private List<String> sorted(String name) {
        return all(name).stream().sorted().toList();
    }

    private static String shown(Sample sample) {
        return sample.value().map(Object::toString).orElse("none") + (sample.backfilled() ? "b" : "");
    }
}
