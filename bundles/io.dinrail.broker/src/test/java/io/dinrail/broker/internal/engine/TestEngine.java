package io.dinrail.broker.internal.engine;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.internal.Books;
import io.dinrail.broker.internal.session.Attendance;
import io.dinrail.broker.internal.session.Broker;
import io.dinrail.broker.internal.session.BrokerParts;
import io.dinrail.broker.internal.session.BrokerSettings;
import io.dinrail.broker.internal.session.Tap;
import io.dinrail.broker.internal.store.Disk;
import io.dinrail.broker.internal.store.FileDisk;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.broker.internal.store.StoreSettings;
import io.dinrail.broker.internal.transport.Listener;
import io.dinrail.broker.internal.transport.Transport;
import io.dinrail.broker.internal.transport.TransportSettings;
import io.dinrail.identity.api.Limits;
import io.dinrail.identity.api.Principal;
import io.dinrail.messaging.api.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The engine without OSGi: store, sessions and network, with everybody let in whom {@link OpenIdentity} lets in. */
public final class TestEngine implements AutoCloseable {
    private final Losses losses = new Losses(Clock.systemUTC());
    private final OpenIdentity identity = new OpenIdentity();
    private final MessageStore store;
    private final Broker broker;
    private final Transport transport;

    /**
     * Starts on the files of a folder.
     *
     * @param port 0 takes any.
     */
    public TestEngine(Path folder, BrokerSettings settings, int port) throws IOException {
        this(new FileDisk(folder), StoreSettings.DEFAULT, settings, port);
    }

    public TestEngine(Disk disk, StoreSettings storage, BrokerSettings settings, int port) throws IOException {
        this(disk, storage, settings, port, Clock.systemUTC());
    }

    public TestEngine(Disk disk, StoreSettings storage, BrokerSettings settings, int port, Clock clock)
            throws IOException {
        store = MessageStore.open(disk, storage);
        store.start();
        broker = new Broker(new BrokerParts(
                store,
                settings,
                identity,
                "open",
                login -> 0,
                organisation -> false,
                new Books(losses),
                new Nobody(),
                new Nobody(),
                clock));
        List<Listener> listeners = List.of(
                new Listener("mqtt", new InetSocketAddress("127.0.0.1", port), false, false, false, "the port"),
                new Listener("ws", new InetSocketAddress("127.0.0.1", 0), false, true, false, "the port"));
        Bounds bounds =
                new Bounds(settings.largestPacket(), 0, AddressRanges.NONE, 0, 0, new Bounds.Rate(0, 0), 0, 1_048_576);
        transport = new Transport(
                new TransportSettings(listeners, AddressRanges.NONE, bounds),
                () -> {
                    throw new IllegalStateException("no TLS here");
                },
                broker,
                losses);
        transport.open();
    }

    public Broker broker() {
        return broker;
    }

    public MessageStore store() {
        return store;
    }

    public OpenIdentity identity() {
        return identity;
    }

    /** What was lost or refused, by cause. */
    public Map<String, Long> losses() {
        return losses.counts();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", transport.port("mqtt").orElseThrow());
    }

    public InetSocketAddress webSocket() {
        return new InetSocketAddress("127.0.0.1", transport.port("ws").orElseThrow());
    }

    @Override
    public void close() {
        transport.shut();
        broker.close();
        transport.close();
        store.close();
    }

    /**
     * Serves until it is killed: port and folder, and perhaps {@code limits} for publishers that keep the usual rate, or {@code unbounded} for queues without
     * a bound.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String kind = arguments.length > 2 ? arguments[2] : "unlimited";
        BrokerSettings settings = kind.equals("unbounded") ? unbounded() : BrokerSettings.DEFAULT;
        TestEngine engine = new TestEngine(Path.of(arguments[1]), settings, Integer.parseInt(arguments[0]));
        if (kind.equals("limits")) {
            engine.identity.limit(Limits.USUAL);
        }
        System.out.println("serving on " + engine.address().getPort() + ", recovered in "
                + engine.store.recovered().took().toMillis() + " ms");
        Thread.currentThread().join(); // the engine's own threads keep no process alive
    }

    private static BrokerSettings unbounded() {
        BrokerSettings usual = BrokerSettings.DEFAULT;
        return new BrokerSettings(
                usual.durability(),
                0,
                0,
                true,
                usual.largestPacket(),
                BrokerSettings.Publishing.ANY,
                usual.inflight(),
                usual.longestSession(),
                0,
                0,
                0,
                usual.grace(),
                usual.topicAliases());
    }

    private static final class Nobody implements Tap, Attendance {
        @Override
        public boolean listensTo(String topic) {
            return false;
        }

        @Override
        public void tell(Message message, String sender, Instant at) {
            // nobody listens
        }

        @Override
        public void came(Principal principal) {
            // nobody asks
        }

        @Override
        public void left(Principal principal, boolean stays, String reason) {
            // nobody asks
        }
    }
}
