package io.dinrail.broker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.internal.link.Link;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.awaitility.core.ConditionFactory;

/** A transport with listeners on any ports, whose memory is counted: at its end there is none left. */
final class Net implements AutoCloseable {
    static final int LARGEST = 1 << 20;
    static final int LOW = 16 * 1024;
    static final int HIGH = 64 * 1024;

    static final AddressRanges LOOPBACK = AddressRanges.of("none", "127.0.0.0/8");
    static final TestKeys KEYS = TestKeys.make();

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Losses losses = new Losses(Clock.systemUTC());
    private final List<Raw> clients = new ArrayList<>();
    private final Transport transport;

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    private Net(Choice choice) {
        TransportSettings settings = new TransportSettings(choice.listeners, choice.proxies, choice.bounds);
        this.transport = new Transport(
                new Shared(
                        settings,
                        choice.limits,
                        () -> KEYS.engine(true),
                        link -> accept(link, choice.answer),
                        losses,
                        Clock.systemUTC()),
                Loops.start(choice.epoll),
                memory);
        transport.open();
    }

    private Heard accept(Link link, BiConsumer<Link, String> answer) {
        Heard handler = new Heard(link, answer);
        answer.accept(link, "accepted");
        heard.add(handler);
        return handler;
    }

    /** What differs from test to test. */
    static final class Choice {
        private List<Listener> listeners = List.of(listener("mqtt", false, false, false));
        private TimeLimits limits = TimeLimits.USUAL;
        private BiConsumer<Link, String> answer = (link, what) -> {};
        private boolean epoll = true;
        private AddressRanges proxies = LOOPBACK;
        private Bounds bounds = Net.bounds(0, LOOPBACK, 0, 0);

        Choice proxies(AddressRanges from) {
            proxies = from;
            return this;
        }

        Choice bounded(Bounds other) {
            bounds = other;
            return this;
        }

        Choice listeners(Listener... wanted) {
            listeners = List.of(wanted);
            return this;
        }

        Choice limit(Duration each) {
            limits = new TimeLimits(each, each, each, each, each);
            return this;
        }

        Choice answering(BiConsumer<Link, String> with) {
            answer = with;
            return this;
        }

        Choice epoll(boolean on) {
            epoll = on;
            return this;
        }

        Net open() {
            return new Net(this);
        }
    }

    static Bounds bounds(int connects, AddressRanges exempt, int connections, int ofAddress) {
        return new Bounds(LARGEST, connects, exempt, connections, ofAddress, new Bounds.Rate(0, 0), 0, HIGH);
    }

    static Choice with() {
        return new Choice();
    }

    static Listener listener(String name, boolean tls, boolean webSocket, boolean proxied) {
        return new Listener(name, new InetSocketAddress("127.0.0.1", 0), tls, webSocket, proxied, "DINRAIL_MQTT_PORT");
    }

    Transport transport() {
        return transport;
    }

    int port(String name) {
        return transport.port(name).orElseThrow();
    }

    Raw client() throws IOException {
        return client("mqtt");
    }

    Raw client(String listener) throws IOException {
        return connected(Raw.to(port(listener)));
    }

    Raw connected(Raw client) {
        clients.add(client);
        return client;
    }

    Heard only() {
        return nth(1);
    }

    /** Gives the handler of the connection that was accepted as the nth. */
    Heard nth(int n) {
        eventually().until(() -> heard.size() >= n);
        return heard.get(n - 1);
    }

    int accepted() {
        return heard.size();
    }

    long losses(String cause) {
        return losses.counts().getOrDefault(cause, 0L);
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    /** Ends everything; what was told in no order that is promised is looked at here, for every test. */
    @Override
    public void close() throws IOException {
        for (Raw client : clients) {
            client.close();
        }
        transport.close();
        assertThat(heard).allSatisfy(handler -> {
            assertThat(handler.count("closed")).isOne();
            assertThat(handler.told().get(handler.told().size() - 1)).isEqualTo("closed");
        });
        assertThat(memory.metric().usedDirectMemory()).isZero();
        assertThat(memory.metric().usedHeapMemory()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().matches("dinrail-broker-(accept|io-.*)|globalEventExecutor.*"));
    }
}
