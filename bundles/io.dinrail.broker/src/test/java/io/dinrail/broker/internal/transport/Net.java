package io.dinrail.broker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.internal.link.Link;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.awaitility.core.ConditionFactory;

/** A transport with listeners on any ports, whose memory is counted: at its end there is none left. */
final class Net implements AutoCloseable {
    static final int LARGEST = 1 << 20;
    static final int LOW = 16 * 1024;
    static final int HIGH = 64 * 1024;

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> incidents = new ConcurrentHashMap<>();
    private final List<Raw> clients = new ArrayList<>();
    private final Transport transport;

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    private Net(Choice choice) {
        TransportSettings settings = new TransportSettings(choice.listeners, LARGEST, LOW, HIGH);
        this.transport = new Transport(
                new Shared(settings, choice.limits, link -> accept(link, choice.answer), new Counted()),
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

    static Choice with() {
        return new Choice();
    }

    static Listener listener(String name, boolean tls, boolean webSocket, boolean proxied) {
        return new Listener(name, new InetSocketAddress("127.0.0.1", 0), tls, webSocket, proxied, "DINRAIL_MQTT_PORT");
    }

    private final class Counted implements Incidents {
        @Override
        public void count(String cause, String who, String sentence) {
            incidents.merge(cause, 1, Integer::sum);
        }

        @Override
        public void count(String cause, String who, String sentence, Throwable why) {
            incidents.merge(cause, 1, Integer::sum);
        }
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

    int incidents(String cause) {
        return incidents.getOrDefault(cause, 0);
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
