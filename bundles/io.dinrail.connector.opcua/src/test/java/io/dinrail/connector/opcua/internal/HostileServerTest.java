package io.dinrail.connector.opcua.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.southbound.internal.ContractHost;
import io.dinrail.testkit.opcua.Answer;
import io.dinrail.testkit.opcua.MisbehavingServer;
import io.dinrail.testkit.opcua.Misbehaviour;
import io.dinrail.testkit.opcua.Service;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.sdk.server.SessionManager;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Every misbehaviour with every kind of answer, one after the other: no wrong value, well again by itself, a reason that a person understands, few words
 * in the log, and the neighbour on the same threads hears nothing of it.
 */
class HostileServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MOST_LOG = 200_000;
    /** What a connection that comes up and works is made of. */
    private static final Set<Service> ALL = EnumSet.of(
            Service.ACKNOWLEDGE,
            Service.OPEN_CHANNEL,
            Service.ENDPOINTS,
            Service.CREATE_SESSION,
            Service.ACTIVATE_SESSION,
            Service.READ,
            Service.CREATE_SUBSCRIPTION,
            Service.CREATE_ITEMS,
            Service.PUBLISH);

    private static final List<String> TAGS = List.of("told", "toldToo", "polled", "polledToo");

    @TempDir
    Path folder;

    private final OpcuaConnectorType type = new OpcuaConnectorType();
    private final Set<Service> spoilt = ConcurrentHashMap.newKeySet();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final AtomicLong logged = new AtomicLong();
    private final PrintStream err = System.err;
    private TestServer server;
    private MisbehavingServer front;
    private ContractHost host;
    private ContractHost neighbour;
    private NodeId neighbours;
    private int turn;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        TAGS.forEach(tag -> server.variable(tag, OpcUaDataType.Int32, 0));
        front = MisbehavingServer.before(server.port());
        front.lateBy(Duration.ofMillis(600));
        change();
        neighbour = host("neighbour", server.endpoint(), "20s");
        untilNewest(neighbour);
        neighbours = server.server().getSessionManager().getAllSessions().get(0).getSessionId();
        host = host("hostile", front.endpoint(), "500ms");
        untilNewest(host);
        System.setErr(new PrintStream(new Counting(), true));
    }

    private ContractHost host(String name, String endpoint, String timeout) throws Exception {
        Path its = Files.createDirectory(folder.resolve(name));
        ContractHost made = new ContractHost(its);
        made.tags("device,tag,access,poll,mode,address\n"
                + "press-1,told,r,50ms,subscribe,nsu=urn:test:plc;s=told\n"
                + "press-1,toldToo,r,50ms,subscribe,nsu=urn:test:plc;s=toldToo\n"
                + "press-1,polled,r,50ms,poll,nsu=urn:test:plc;s=polled\n"
                + "press-1,polledToo,r,70ms,poll,nsu=urn:test:plc;s=polledToo\n");
        made.configure(Map.of(
                "endpoint",
                endpoint,
                "timeout",
                timeout,
                "publishing.interval",
                "50ms",
                "backoff.max",
                "100ms",
                // on a busy machine the pause between two polls of 50 ms may be longer than three of them
                "stale.after",
                "20s"));
        made.start(type);
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        System.setErr(err);
        host.close();
        neighbour.close();
        type.stop();
        front.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void whateverAServerDoesNoWrongValueIsToldAndAllIsWellAgain(Misbehaviour lie) {
        front.behaves(answer -> spoils(answer) ? lie : Misbehaviour.NONE);
        beginAnew();
        await().atMost(PATIENCE).untilAsserted(() -> {
            change();
            noteReason();
            // it takes no harm from some, and would go on without the others
            if (isWell() && !spoilt.containsAll(ALL)) {
                beginAnew();
            }
            assertThat(spoilt).containsAll(ALL);
        });
        front.behaves(answer -> Misbehaviour.NONE);
        change();
        untilNewest(host);
        untilNewest(neighbour);
        neverWrong(host);
        neverWrong(neighbour);
        assertThat(neighbour.changes()).hasSize(1);
        assertThat(reasons).allMatch(HostileServerTest::isClear);
        assertThat(logged.get()).as("bytes in the log").isLessThan(MOST_LOG);
    }

    /** Each service once, so that the next attempt comes a step further. */
    private boolean spoils(Answer answer) {
        return ALL.contains(answer.service()) && spoilt.add(answer.service());
    }

    /** The server has forgotten everything. */
    private void beginAnew() {
        SessionManager sessions = server.server().getSessionManager();
        // the neighbour's stays
        sessions.getAllSessions().stream()
                .filter(session -> !session.getSessionId().equals(neighbours))
                .forEach(session -> sessions.killSession(session.getSessionId(), true));
        front.disconnect();
    }

    private boolean isWell() {
        return host.status()
                .filter(status -> status.state() == ConnectorState.RUNNING)
                .filter(status -> status.good() == TAGS.size())
                .isPresent();
    }

    /** @return whether it is no message of a library or of the JDK. */
    private static boolean isClear(String reason) {
        return !reason.isEmpty()
                && !reason.contains("null")
                && !reason.contains("Exception")
                && !reason.contains("org.");
    }

    private void noteReason() {
        host.status()
                .filter(status -> status.state() == ConnectorState.DEGRADED)
                .map(ConnectorStatus::reason)
                .ifPresent(reason -> reasons.add(reason.substring(reason.indexOf(": ") + 2)));
    }

    /** Each tag has values of its own. */
    private void change() {
        turn++;
        for (int i = 0; i < TAGS.size(); i++) {
            UaVariableNode node = (UaVariableNode) server.server()
                    .getAddressSpaceManager()
                    .getManagedNode(server.id(TAGS.get(i)))
                    .orElseThrow();
            node.setValue(new DataValue(new Variant(value(i))));
        }
    }

    private int value(int tag) {
        return (tag + 1) * 1_000_000 + turn;
    }

    private void untilNewest(ContractHost of) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < TAGS.size(); i++) {
                List<Reading> readings = of.readings(TagId.of("press-1", TAGS.get(i)));
                assertThat(readings).isNotEmpty();
                Reading last = readings.get(readings.size() - 1);
                assertThat(last.quality().isGood()).isTrue();
                assertThat(last.value()).contains(TagValue.of(value(i)));
            }
        });
    }

    private void neverWrong(ContractHost of) {
        for (int i = 0; i < TAGS.size(); i++) {
            int first = (i + 1) * 1_000_000;
            List<Integer> values = of.readings(TagId.of("press-1", TAGS.get(i))).stream()
                    .filter(reading -> reading.quality().isGood())
                    .map(reading -> (int)
                            reading.value().map(TagValue::number).orElseThrow().orElseThrow())
                    .toList();
            assertThat(values).isSorted().allMatch(value -> value >= first && value <= first + turn);
        }
    }

    /** Counts what is logged, and says it. */
    private final class Counting extends OutputStream {
        @Override
        public void write(int one) {
            if (logged.incrementAndGet() <= MOST_LOG) {
                err.write(one);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            if (logged.addAndGet(count) <= MOST_LOG) {
                err.write(bytes, from, count);
            }
        }
    }
}
