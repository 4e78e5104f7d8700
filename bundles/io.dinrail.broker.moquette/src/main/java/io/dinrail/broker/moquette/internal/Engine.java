package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.ServerKeys;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import io.dinrail.messaging.api.Session;
import io.moquette.broker.MoquetteCore;
import io.moquette.broker.Trouble;
import io.moquette.broker.security.IAuthenticator;
import io.moquette.broker.security.IAuthorizatorPolicy;
import io.moquette.broker.subscriptions.Topic;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.h2.mvstore.MVStoreException;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker from its opening to its closing; safe for use by many threads in between. */
final class Engine implements MessageBroker, Trouble, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int STOPPING = 0x8B;
    private static final int ADMINISTRATIVE = 0x98;
    private static final int NOT_AUTHORISED = 0x87;

    private final Settings settings;
    private final Losses losses;
    private final Clients clients = new Clients();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Presence presence;
    private final Hall hall;
    private final MoquetteCore core;
    private final Doors doors;
    private volatile boolean failed;
    private volatile boolean closed;

    /** @throws IOException if the store can't be opened now; one sentence for the operator. */
    Engine(
            Settings settings,
            Identity identity,
            ServerKeys keys,
            EventAdmin bus,
            Audience audience,
            Losses losses,
            Clock clock)
            throws IOException {
        this.settings = settings;
        this.losses = losses;
        this.core = new Store(settings.folder(), clock, losses).open(this::core);
        this.presence = new Presence(bus, clients, clock, losses);
        this.hall = new Hall(
                identity, clients, audience, presence, losses, received, core, settings.largestPacket(), clock);
        this.doors = new Doors(settings, keys, this::furnish);
    }

    private MoquetteCore core(Path file) {
        IAuthenticator loggedIn = (clientId, username, password) -> clients.find(clientId)
                .filter(client -> client.principal().name().equals(username))
                .isPresent();
        return new MoquetteCore(file, settings.longestQueue(), Login.LONGEST_SESSION, loggedIn, new Rights(), this);
    }

    /** What the guard has let through is allowed; what a kept session subscribed to in its time is asked again. */
    private final class Rights implements IAuthorizatorPolicy {
        @Override
        public boolean canWrite(Topic topic, String username, String clientId) {
            return true;
        }

        @Override
        public boolean canRead(Topic topic, String username, String clientId) {
            return clients.find(clientId)
                    .filter(client -> hall.allows(client.principal(), Action.SUBSCRIBE, topic.toString()))
                    .isPresent();
        }
    }

    private void furnish(SocketChannel connection) {
        core.build(connection.pipeline(), settings.largestPacket(), new Guard(hall));
    }

    /** Opens the listeners that aren't open yet; called again every now and then. */
    void open() {
        doors.open();
    }

    Optional<Integer> port(String protocol) {
        return doors.port(protocol);
    }

    /** @return whether it can't go on and should be opened anew. */
    boolean failed() {
        return failed;
    }

    /** Ends a login name's connections and sessions. */
    void revoke(String username) {
        clients.of(username).forEach(client -> {
            LOG.info("{}: its credential was revoked: closed", client.id());
            client.close("credential_revoked", NOT_AUTHORISED);
        });
        core.forget(username);
    }

    @Override
    public int publish(Message message) {
        if (closed || failed) {
            throw new IllegalStateException("the broker is stopping");
        }
        try {
            int routed = core.publish(message.topic(), message.payload(), message.qos(), message.retain());
            sent.increment();
            return routed;
        } catch (MVStoreException e) {
            throw new IllegalStateException("the broker's store can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Session> sessions() {
        return clients.all().stream()
                .map(client ->
                        new Session(client.id(), client.principal().name(), client.address(), client.connectedAt()))
                .toList();
    }

    @Override
    public boolean kick(String clientId) {
        Optional<Client> client = clients.find(clientId);
        client.ifPresent(found -> found.close("server_disconnect", ADMINISTRATIVE));
        return client.isPresent();
    }

    @Override
    public BrokerStatus status() {
        return new BrokerStatus(
                "Moquette 0.18.3", doors.describe(), clients.count(), received.sum(), sent.sum(), losses.counts());
    }

    @Override
    public void failed(String clientId, String what, Throwable cause) {
        losses.count("engine.failed", clientId, "the engine failed at '" + what + "'", cause);
        if (what.startsWith("PUB")) { // unacknowledged, so that the client sends it again
            clients.find(clientId).ifPresent(client -> client.close("server_disconnect", ADMINISTRATIVE));
        }
    }

    @Override
    public void full(String clientId, String what) {
        losses.count("engine.full", clientId, "the engine is overloaded and did not take '" + what + "'");
        if (what.startsWith("PUB")) {
            clients.find(clientId).ifPresent(client -> client.close("server_disconnect", ADMINISTRATIVE));
        }
    }

    @Override
    public void overflow() {
        losses.count("queue.overflow", "broker", "a client that is away has more messages waiting than queue.messages");
    }

    @Override
    public void storeFailed(Throwable cause) {
        if (!closed) {
            losses.count("store.failed", "broker", "its store can't be written: starting anew", cause);
            failed = true;
        }
    }

    /** Takes at most 5 s. */
    @Override
    public void close() {
        closed = true;
        doors.shut();
        clients.all().forEach(client -> client.close("server_disconnect", STOPPING));
        doors.clear();
        // a full disk lets the store fail here, and what follows has threads
        try {
            core.close();
        } finally {
            presence.close();
            doors.close();
        }
    }
}
