package io.dinrail.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.messaging.api.Session;
import io.dinrail.testkit.ContractClient.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every provider of {@code io.dinrail.messaging.api} must do. Extend it in the tests of a provider and start its broker; what it is known to fail is
 * named by {@link KnownFailures}.
 */
@ExtendWith(FailsAsKnown.class)
@SuppressWarnings("NullAway.Init") // the fields are set before each test
public abstract class MessageBrokerContract {
    private static final String ONE = "press-1";
    private static final String TWO = "press-2";
    private static final String TELEMETRY = "telemetry/press-1/t";
    private static final String COMMANDS = "commands/press-1/x";

    @TempDir
    Path folder;

    private ContractBroker provider;
    private final List<ContractClient> clients = new ArrayList<>();

    /**
     * Starts a broker.
     *
     * @param files where it keeps what it must; it may find what another has left there.
     * @return it, serving.
     * @throws Exception if it can't be started.
     */
    protected abstract ContractBroker start(Path files) throws Exception;

    @BeforeEach
    final void beginContract() throws Exception {
        provider = start(folder);
    }

    @AfterEach
    final void endContract() throws Exception {
        for (ContractClient client : clients) {
            client.close();
        }
        provider.close();
    }

    private ContractClient connect(String login) throws IOException {
        return connect(login, true);
    }

    private ContractClient connect(String login, boolean clean) throws IOException {
        ContractClient client = new ContractClient(provider, login, clean);
        clients.add(client);
        return client;
    }

    /** Somebody who has subscribed to its commands and is away. */
    private void away(String login) throws IOException {
        ContractClient client = connect(login, false);
        client.subscribe("commands/" + login + "/#", 1);
        client.disconnect();
        await("nobody connected", () -> provider.broker().sessions().isEmpty());
    }

    private int publish(String topic, String payload, int qos, boolean retain) {
        return provider.broker().publish(new Message(topic, payload.getBytes(UTF_8), qos, retain));
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in five seconds: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    @Test
    final void whatThePlatformPublishesReachesWhoSubscribed() throws IOException {
        ContractClient client = connect(ONE);
        client.subscribe("commands/press-1/#", 1);
        for (int qos = 0; qos < 2; qos++) {
            assertEquals(1, publish(COMMANDS, "m" + qos, qos, false));
            Arrival arrival = client.receive();
            assertEquals(COMMANDS, arrival.topic());
            assertEquals("m" + qos, arrival.payload());
            assertEquals(qos, arrival.qos());
            assertFalse(arrival.retained());
        }
    }

    @Test
    final void thePlatformIsToldHowManySessionsGetIt() throws IOException {
        assertEquals(0, publish(COMMANDS, "x", 1, false));
        away(ONE);
        assertEquals(1, publish(COMMANDS, "x", 1, false));
        assertEquals(0, publish("commands/press-2/x", "x", 1, false));
    }

    @Test
    final void messagesOfThePlatformComeInTheirOrder() throws IOException {
        ContractClient client = connect(ONE);
        client.subscribe("commands/press-1/#", 1);
        numbers(0, 90).forEach(number -> publish(COMMANDS, number, 1, false));
        List<String> received = new ArrayList<>();
        while (received.size() < 90) {
            received.add(client.receive().payload());
        }
        assertEquals(numbers(0, 90), received);
    }

    @Test
    final void whatIsPublishedWhileAClientIsAwayWaitsForIt() throws IOException {
        away(ONE);
        numbers(0, 20).forEach(number -> publish(COMMANDS, number, 1, false));
        assertEquals(numbers(0, 20), returned(20));
    }

    private List<String> returned(int count) throws IOException {
        ContractClient client = connect(ONE, false);
        assertTrue(client.present());
        List<String> received = new ArrayList<>();
        while (received.size() < count) {
            received.add(client.receive().payload());
        }
        return received;
    }

    @Test
    final void aRestartKeepsWhatWaits() throws Exception {
        away(ONE);
        numbers(0, 20).forEach(number -> publish(COMMANDS, number, 1, false));
        provider.close();
        provider = start(folder);
        assertEquals(numbers(0, 20), returned(20));
    }

    @Test
    final void whatIsRetainedComesToWhoSubscribesLaterUntilItIsCleared() throws IOException {
        publish(COMMANDS + "/first", "old", 1, true);
        publish(COMMANDS + "/first", "new", 1, true);
        ContractClient client = connect(ONE);
        client.subscribe("commands/press-1/#", 1);
        Arrival arrival = client.receive();
        assertEquals("new", arrival.payload());
        assertTrue(arrival.retained());
        publish(COMMANDS + "/first", "", 1, true);
        assertEquals("", client.receive().payload());
        ContractClient later = connect(ONE);
        later.subscribe("commands/press-1/#", 1);
        assertEquals(Optional.empty(), later.maybe());
    }

    @Test
    final void aRestartKeepsWhatIsRetained() throws Exception {
        publish(COMMANDS, "kept", 1, true);
        provider.close();
        provider = start(folder);
        ContractClient client = connect(ONE);
        client.subscribe("commands/press-1/#", 1);
        assertEquals("kept", client.receive().payload());
    }

    @Test
    final void whoIsConnectedIsListed() throws IOException {
        Instant before = Instant.now().minusMillis(1);
        ContractClient one = connect(ONE);
        connect(TWO);
        List<Session> sessions = provider.broker().sessions();
        assertEquals(2, sessions.size());
        assertEquals(2, provider.broker().status().connections());
        Session session = sessions.stream()
                .filter(each -> each.clientId().equals(ONE))
                .findAny()
                .orElseThrow();
        assertEquals(ONE, session.username());
        assertTrue(session.address().matches("127\\.0\\.0\\.1:\\d+"), session.address());
        assertFalse(session.connectedAt().isBefore(before));
        one.disconnect();
        await("one left", () -> provider.broker().sessions().size() == 1);
        assertEquals(TWO, provider.broker().sessions().get(0).clientId());
    }

    @Test
    final void whoIsKickedIsDisconnectedAndMayComeBack() throws IOException {
        ContractClient one = connect(ONE);
        ContractClient two = connect(TWO);
        assertTrue(provider.broker().kick(ONE));
        one.awaitEnd();
        await("one left", () -> provider.broker().sessions().size() == 1);
        assertFalse(provider.broker().kick(ONE));
        assertFalse(provider.broker().kick("nobody"));
        connect(ONE);
        assertEquals(Optional.empty(), two.maybe());
    }

    @Test
    final void whatWasUnderWayToWhoIsKickedComesAgain() throws IOException {
        ContractClient client = connect(ONE, false);
        client.subscribe("commands/press-1/#", 1);
        publish(COMMANDS, "x", 1, false);
        int packetId = client.take().packetId();
        provider.broker().kick(ONE);
        client.awaitEnd();
        Arrival again = connect(ONE, false).receive();
        assertEquals("x", again.payload());
        assertEquals(packetId, again.packetId());
        assertTrue(again.again());
    }

    @Test
    final void theStatusSaysWhatItIsAndCounts() throws IOException {
        ContractClient client = connect(ONE);
        for (int i = 0; i < 5; i++) {
            client.publish(TELEMETRY, "x", 1);
        }
        publish(COMMANDS, "x", 1, false);
        BrokerStatus status = provider.broker().status();
        assertFalse(status.engine().isBlank());
        assertTrue(
                status.listeners()
                        .contains("mqtt 127.0.0.1:" + provider.address().getPort()),
                status::toString);
        assertEquals(1, status.connections());
        assertEquals(5, status.received());
        assertEquals(1, status.sent());
        assertTrue(status.losses().isEmpty(), status::toString);
    }

    @Test
    final void whatNoLongerFitsIsLostFromTheFrontAndCounted() throws IOException {
        away(ONE);
        numbers(0, 105).forEach(number -> publish(COMMANDS, number, 1, false));
        await("five counted", () -> lost("queue.overflow") == 5);
        assertEquals(numbers(5, 105), returned(100));
        assertEquals(5, lost("queue.overflow"));
    }

    private long lost(String cause) {
        return provider.broker().status().losses().getOrDefault(cause, 0L);
    }

    @Test
    final void aListenerHearsWhatClientsPublishInTheirOrder() throws IOException {
        Hearer hearer = new Hearer();
        provider.listen(hearer, "telemetry/#", "telemetry/press-1/#");
        Instant before = Instant.now().minusMillis(1);
        ContractClient client = connect(ONE);
        for (int i = 0; i < 100; i++) {
            client.publish(TELEMETRY, "" + i, i % 2);
        }
        hearer.await(100);
        assertEquals(
                numbers(0, 100).stream()
                        .map(i -> "press-1 " + TELEMETRY + " " + i)
                        .toList(),
                hearer.heard);
        assertFalse(hearer.last.isBefore(before));
    }

    @Test
    final void aListenerHearsNothingOfThePlatformNorWhatItDidNotAskFor() throws IOException {
        Hearer hearer = new Hearer();
        provider.listen(hearer, "telemetry/press-1/+");
        ContractClient one = connect(ONE);
        publish(TELEMETRY, "of the platform", 1, false);
        connect(TWO).publish("telemetry/press-2/t", "of another", 1);
        one.publish("telemetry/press-1/t/deep", "deeper", 1);
        one.publish(TELEMETRY, "heard", 1);
        hearer.await(1);
        assertEquals(List.of("press-1 " + TELEMETRY + " heard"), hearer.heard);
    }

    @Test
    final void whoIsRemovedHearsNoMore() throws IOException {
        Hearer removed = new Hearer();
        Hearer stays = new Hearer();
        provider.listen(removed, "#");
        provider.listen(stays, "#");
        ContractClient client = connect(ONE);
        client.publish(TELEMETRY, "both", 1);
        stays.await(1);
        removed.await(1);
        provider.forget(removed);
        client.publish(TELEMETRY, "one", 1);
        stays.await(2);
        assertEquals(1, removed.heard.size());
    }

    @Test
    final void aListenerThatFailsIsCountedAndHarmsNobody() throws IOException {
        Hearer hearer = new Hearer();
        provider.listen(
                (message, sender, at) -> {
                    throw new IllegalStateException("a listener of the contract fails");
                },
                "#");
        provider.listen(hearer, "#");
        ContractClient client = connect(ONE);
        numbers(0, 10).forEach(number -> unchecked(() -> client.publish(TELEMETRY, number, 1)));
        hearer.await(10);
        assertEquals(10, lost("listener.failed"));
    }

    @Test
    final void aMessageThatIsSentAgainArrivesAlsoIfItNeverDidBefore() throws IOException {
        Hearer hearer = new Hearer();
        provider.listen(hearer, "#");
        ContractClient client = connect(ONE);
        client.publishAgain(TELEMETRY, "again");
        hearer.await(1);
        ContractClient receiver = connect(TWO);
        receiver.subscribe("commands/press-2/#", 1);
        client.publishAgain("commands/press-2/x", "again");
        assertEquals("again", receiver.receive().payload());
    }

    @Test
    final void packetIdentifiersInFlightAreNotUsedForOthersAfterAReconnect() throws IOException {
        ContractClient client = connect(ONE, false);
        client.subscribe("commands/press-1/#", 1);
        numbers(0, 3).forEach(number -> publish(COMMANDS, number, 1, false));
        for (int i = 0; i < 3; i++) {
            client.take();
        }
        client.close();
        ContractClient again = connect(ONE, false);
        numbers(3, 6).forEach(number -> publish(COMMANDS, number, 1, false));
        TreeSet<Integer> identifiers = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            Arrival arrival = again.take();
            assertEquals("" + i, arrival.payload());
            assertTrue(identifiers.add(arrival.packetId()), "twice: " + arrival);
        }
    }

    @Test
    final void whoHasStoppedTakesNothingMore() throws Exception {
        ContractClient client = connect(ONE);
        var broker = provider.broker();
        long start = System.nanoTime();
        provider.close();
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(10)) < 0);
        client.awaitEnd();
        Message message = new Message(COMMANDS, new byte[0], 1, false);
        assertThrows(IllegalStateException.class, () -> broker.publish(message));
        provider = start(folder);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Remembers what it hears. */
    private static final class Hearer implements MessageListener {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile Instant last = Instant.MIN;

        @Override
        public void heard(Message message, String sender, Instant at) {
            last = at;
            heard.add(sender + ' ' + message.topic() + ' ' + new String(message.payload(), UTF_8));
        }

        void await(int count) {
            MessageBrokerContract.await(count + " heard", () -> heard.size() >= count);
        }
    }
}
