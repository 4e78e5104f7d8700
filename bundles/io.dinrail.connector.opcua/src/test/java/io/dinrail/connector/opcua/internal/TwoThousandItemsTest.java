package io.dinrail.connector.opcua.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.southbound.internal.ContractHost;
import io.dinrail.testkit.opcua.MisbehavingServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two thousand items in the platform's own host: after each kind of outage all are back by themselves, and each value that the server had is told once.
 * The silent minute is a minute, unless {@code -Ddinrail.silence.seconds} says otherwise.
 */
class TwoThousandItemsTest {
    private static final int ITEMS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration SILENCE = Duration.ofSeconds(Long.getLong("dinrail.silence.seconds", 60));
    private static final Duration SAMPLED = Duration.ofMillis(500);

    /** What a server may forget while the connection stands. */
    private enum Forgotten {
        SESSION_AND_SUBSCRIPTION {
            @Override
            void forget(TestServer server, Session session) {
                server.server().getSessionManager().killSession(session.getSessionId(), true);
            }
        },
        SESSION_ALONE {
            @Override
            void forget(TestServer server, Session session) {
                server.server().getSessionManager().killSession(session.getSessionId(), false);
            }
        },
        SUBSCRIPTION_ALONE {
            @Override
            void forget(TestServer server, Session session) throws Exception {
                UInteger[] all = session.getSubscriptionManager().getSubscriptions().stream()
                        .map(subscription -> subscription.getId())
                        .toArray(UInteger[]::new);
                session.getSubscriptionManager()
                        .deleteSubscriptions(new DeleteSubscriptionsRequest(
                                new RequestHeader(null, null, null, null, null, null, null), all))
                        .get(10, TimeUnit.SECONDS);
            }
        };

        abstract void forget(TestServer server, Session session) throws Exception;
    }

    @TempDir
    Path folder;

    private final Archive archive = new Archive();
    private final List<UaVariableNode> nodes = new ArrayList<>();
    private final OpcuaConnectorType type = new OpcuaConnectorType();
    private TestServer server;
    private MisbehavingServer relay;
    private ContractHost host;
    private int value;
    private Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(TestServer.freePort(), null, new OpcUaServerConfigLimits() {}, archive, List.of());
        relay = MisbehavingServer.before(server.port());
        for (int i = 0; i < ITEMS; i++) {
            nodes.add(server.variable("Item" + i, OpcUaDataType.Int32, 0));
        }
        change();
        host = new ContractHost(folder);
        host.tags(IntStream.range(0, ITEMS)
                .mapToObj(i -> "line-1,item" + i + ",r,500ms,nsu=urn:test:plc;s=Item" + i)
                .collect(Collectors.joining("\n", "device,tag,access,poll,address\n", "\n")));
        host.configure(Map.of(
                "endpoint", relay.endpoint(), "timeout", "5s", "publishing.interval", "100ms", "backoff.max", "1s"));
        host.start(type);
        untilAllAreGood();
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        type.stop();
        relay.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatAServerForgotOnAStandingConnectionIsMadeAnewAndTheGapsFilled(Forgotten forgotten) throws Exception {
        // it is back before the next value otherwise
        relay.refuse();
        for (Session session : server.server().getSessionManager().getAllSessions()) {
            forgotten.forget(server, session);
        }
        for (int i = 0; i < 8; i++) {
            change();
            pause(SAMPLED.multipliedBy(2));
        }
        allIsBackAndNothingMissing();
    }

    @Test
    void afterASilentMinuteNothingIsMissing() throws Exception {
        long end = System.nanoTime() + SILENCE.toNanos();
        relay.fallSilent();
        while (System.nanoTime() - end < 0) {
            change();
            pause(Duration.ofSeconds(4));
        }
        allIsBackAndNothingMissing();
    }

    private void allIsBackAndNothingMissing() {
        untilAllAreBad();
        relay.mend();
        untilAllAreGood();
        change();
        untilAllAreGood();
        eachValueWasToldOnce();
    }

    /** Gives every item its next value. */
    private void change() {
        value++;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        at = now.isAfter(at) ? now : at.plusMillis(1);
        nodes.forEach(node -> server.set(node, value, at));
    }

    /** So long that a server that goes on sampling meets each value. */
    private static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }

    private void untilAllAreGood() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(host.status())
                    .get()
                    .returns(ConnectorState.RUNNING, ConnectorStatus::state)
                    .returns(ITEMS, ConnectorStatus::good);
            assertThat(readings().values().stream().map(TwoThousandItemsTest::live))
                    .hasSize(ITEMS)
                    .allMatch(its -> its.get(its.size() - 1) == value);
        });
    }

    private void untilAllAreBad() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(host.status()).get().returns(ITEMS, ConnectorStatus::bad));
    }

    private void eachValueWasToldOnce() {
        List<Integer> all = IntStream.rangeClosed(1, value).boxed().toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readings().values().stream().map(TwoThousandItemsTest::told))
                        .allMatch(all::equals));
        assertThat(readings().values()).allSatisfy(its -> {
            assertThat(live(its)).isSorted();
            assertThat(backfilled(its)).isSorted().isNotEmpty();
            assertThat(its)
                    .filteredOn(reading -> !reading.quality().isGood())
                    .singleElement()
                    .returns(Quality.bad(Quality.COMM_FAILURE), Reading::quality);
        });
    }

    /** @return every good value, whichever way it came, as often as it did. */
    private static List<Integer> told(List<Reading> its) {
        return Stream.of(live(its), backfilled(its))
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    private Map<TagId, List<Reading>> readings() {
        return host.readings().stream().collect(Collectors.groupingBy(Reading::tag));
    }

    /** @return the values of now; one that is good again after the outage for it never changed counts once. */
    private static List<Integer> live(List<Reading> its) {
        List<Integer> values = new ArrayList<>();
        Optional<Reading> before = Optional.empty();
        for (Reading reading : its) {
            boolean goodAgain =
                    before.filter(last -> !last.quality().isGood()).isPresent() && values.contains(number(reading));
            if (reading.quality().isGood() && !reading.isBackfilled() && !goodAgain) {
                values.add(number(reading));
            }
            before = Optional.of(reading);
        }
        return values;
    }

    private static List<Integer> backfilled(List<Reading> its) {
        return its.stream()
                .filter(Reading::isBackfilled)
                .map(TwoThousandItemsTest::number)
                .toList();
    }

    private static int number(Reading reading) {
        return (int) reading.value().map(TagValue::number).orElseThrow().orElseThrow();
    }
}
