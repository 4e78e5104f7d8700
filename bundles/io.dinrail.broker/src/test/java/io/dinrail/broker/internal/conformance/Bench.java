package io.dinrail.broker.internal.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What a test works with: the server, which all tests share, clients, and a name of its own, so that it meets neither the topics nor the sessions of another.
 * What it leaves behind is cleared away.
 */
final class Bench implements BeforeEachCallback, AfterEachCallback {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String RUN = Long.toString(System.nanoTime() & 0xFFFFFF, 36);

    private final List<RawClient> clients = new ArrayList<>();
    private final Set<String> kept = new TreeSet<>();
    private String name = "";
    private @Nullable Running running;

    /** The one server of a test run; ends with it. */
    private record Running(ServerUnderTest server) implements AutoCloseable {
        static Running start() {
            return new Running(OutsideServer.named().orElseGet(EngineUnderTest::new));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(Bench.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
        name = "t" + RUN + TESTS.incrementAndGet();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        clients.forEach(RawClient::close);
        kept.forEach(id -> connect(4, id).disconnect());
        forgetRetained();
    }

    private void forgetRetained() {
        RawClient cleaner = connect(4, "cleaner");
        cleaner.subscribe("<@/#> 00 <$SYS/none/@> 00");
        cleaner.send("C000");
        for (Incoming packet = cleaner.next(); packet.type() != Incoming.PINGRESP; packet = cleaner.next()) {
            cleaner.publish(1, true, packet.topic(), "");
        }
        cleaner.disconnect();
    }

    ServerUnderTest server() {
        return requireNonNull(running).server;
    }

    /** Cuts all connections and starts the server anew. */
    void restart() {
        clients.forEach(RawClient::close);
        server().restart();
    }

    /** The name of the test: what {@code @} stands for. */
    String name() {
        return name;
    }

    /** A connection on which nothing was said yet. */
    RawClient open(int level) {
        RawClient client = new RawClient(level, name, new Wires(server().address()));
        clients.add(client);
        return client;
    }

    /** A client with a session that ends with its connection. */
    RawClient connect(int level, String id) {
        RawClient client = open(level).send("10[<MQTT> (04){05} 02 0000 {00} <@" + id + ">]");
        client.expectConnack(false, 0);
        return client;
    }

    /** A client with properties in its CONNECT, of version 5. */
    RawClient connectWith(String id, String properties) {
        RawClient client = open(5).send("10[<MQTT> 05 02 0000 [" + properties + "] <@" + id + ">]");
        client.expectConnack(false, 0);
        return client;
    }

    /** A client with a session that is kept for a minute at least, new or not. */
    RawClient keep(int level, String id, boolean present) {
        kept.add(id);
        RawClient client = open(level).send("10[<MQTT> (04){05} 00 0000 {[11 0000003C]} <@" + id + ">]");
        client.expectConnack(present, 0);
        return client;
    }

    /** Remembers that a session has to be cleared away. */
    void forget(String id) {
        kept.add(id);
    }

    /** Waits until what expires after a second and was sent before has expired: something sent now is seen to expire. */
    void letASecondExpire() {
        RawClient client = connect(5, "clock");
        client.send("33[<@/clock> 0001 [02 00000001] 'tick']").await(Incoming.PUBACK);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            client.subscribe("<@/clock> 00");
            client.send("C000");
            boolean gone = client.next().type() == Incoming.PINGRESP;
            if (!gone) {
                client.await(Incoming.PINGRESP);
            }
            return gone;
        });
        client.disconnect();
    }

    /** A message that a new subscriber gets from the store, or nothing. */
    void expectRetained(int level, String topic, String... payloads) {
        RawClient client = connect(level, "looks");
        client.subscribe("<" + topic + "> 00");
        for (String payload : payloads) {
            assertThat(client.message(topic, payload).retain()).isTrue();
        }
        client.expectQuiet();
        client.disconnect();
    }
}
