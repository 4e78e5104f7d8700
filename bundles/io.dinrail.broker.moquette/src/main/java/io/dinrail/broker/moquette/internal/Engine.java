package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.BrokerEngine;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Presence;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.front.Turnstile;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Organisation;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.Message;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker from its opening to its closing; safe for use by many threads in between. */
final class Engine implements BrokerEngine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int STOPPING = 0x8B;
    private static final int ADMINISTRATIVE = 0x98;
    private static final int NOT_AUTHORISED = 0x87;

    private final Settings settings;
    private final Losses losses;
    private final Clock clock;
    private final Clients clients = new Clients();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Presence presence;
    private final Wills wills;
    private final Hall hall;
    private final Spaces spaces;
    private final Doors doors;
    private volatile boolean failed;
    private volatile boolean closed;

    /** @throws IOException if the store can't be opened now; one sentence for the operator. */
    Engine(Parts parts) throws IOException {
        this.settings = parts.settings();
        this.losses = parts.losses();
        this.clock = parts.clock();
        this.spaces = new Spaces(settings.folder(), this::core);
        this.presence = new Presence(parts.bus(), clients::any, clock, losses);
        this.wills = new Wills(parts.audience(), losses, clock);
        this.hall = new Hall(
                parts.identity(),
                parts.offices(),
                spaces,
                clients,
                parts.audience(),
                presence,
                wills,
                losses,
                received,
                settings,
                clock);
        Turnstile turnstile =
                new Turnstile(settings.bounds().connects(), settings.bounds().anyConnects(), clock);
        this.doors = new Doors(settings, parts.keys(), turnstile, losses, this::furnish);
    }

    private MoquetteCore core(String organisation, Path file) throws IOException {
        IAuthenticator loggedIn = (clientId, owner, secret) -> clients.find(organisation, clientId)
                .filter(client -> client.owner().equals(owner))
                .isPresent();
        return new Store(file, clock, losses)
                .open(path -> new MoquetteCore(
                        path,
                        settings.keeping().messages(),
                        settings.keeping().longestSession(),
                        loggedIn,
                        new Rights(organisation),
                        new Troubles(organisation)));
    }

    /** What the guard has let through is allowed; what a kept session subscribed to in its time is asked again. */
    private final class Rights implements IAuthorizatorPolicy {
        private final String organisation;

        Rights(String organisation) {
            this.organisation = organisation;
        }

        @Override
        public boolean canWrite(Topic topic, String owner, String clientId) {
            return true;
        }

        @Override
        public boolean canRead(Topic topic, String owner, String clientId) {
            return clients.find(organisation, clientId)
                    .filter(client -> hall.allows(client, Action.SUBSCRIBE, topic.toString()))
                    .isPresent();
        }
    }

    private void furnish(SocketChannel connection) {
        MoquetteCore.build(connection.pipeline(), settings.bounds().largestPacket(), new Guard(hall));
    }

    /** Opens the listeners that aren't open yet; called again every now and then. */
    @Override
    public void open() {
        doors.open();
    }

    Optional<Integer> port(String protocol) {
        return doors.port(protocol);
    }

    /** @return whether it can't go on and should be opened anew. */
    @Override
    public boolean failed() {
        return failed;
    }

    /** Ends a login name's connections and sessions; blocks if its organisation's store must be opened for that. */
    @Override
    public void revoke(String login) {
        clients.of(login).forEach(client -> {
            LOG.info("{}: its credential was revoked: closed", client.shownId());
            client.close("credential_revoked", NOT_AUTHORISED);
        });
        wills.forget(login);
        int at = login.lastIndexOf('@');
        try {
            spaces.forget(at < 0 ? Organisation.DEFAULT : login.substring(at + 1), login);
        } catch (IOException | RuntimeException e) {
            losses.count("revoke.failed", login, "sessions of a revoked credential could not be ended", e);
        }
    }

    @Override
    public int publish(Message message) {
        if (closed || failed) {
            throw new IllegalStateException("the broker is stopping");
        }
        try {
            int routed = spaces.main().publish(message.topic(), message.payload(), message.qos(), message.retain());
            sent.increment();
            return routed;
        } catch (MVStoreException e) {
            throw new IllegalStateException("the broker's store can't be written: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Session> sessions() {
        return clients.all().stream()
                .map(client -> new Session(
                        client.shownId(), client.principal().login(), client.address(), client.connectedAt()))
                .toList();
    }

    @Override
    public boolean kick(String clientId) {
        Optional<Client> client = clients.shown(clientId);
        client.ifPresent(found -> found.close("server_disconnect", ADMINISTRATIVE));
        return client.isPresent();
    }

    @Override
    public BrokerStatus status() {
        return new BrokerStatus(
                "Moquette 0.18.3", doors.describe(), clients.count(), received.sum(), sent.sum(), losses.counts());
    }

    /** Hears what goes wrong in one organisation's engine. */
    private final class Troubles implements Trouble {
        private final String organisation;

        Troubles(String organisation) {
            this.organisation = organisation;
        }

        @Override
        public void failed(String clientId, String what, Throwable cause) {
            losses.count("engine.failed", clientId, "the engine failed at '" + what + "'", cause);
            close(clientId, what);
        }

        @Override
        public void full(String clientId, String what) {
            losses.count("engine.full", clientId, "the engine is overloaded and did not take '" + what + "'");
            close(clientId, what);
        }

        private void close(String clientId, String what) {
            if (what.startsWith("PUB")) { // unacknowledged, so that the client sends it again
                clients.find(organisation, clientId)
                        .ifPresent(client -> client.close("server_disconnect", ADMINISTRATIVE));
            }
        }

        @Override
        public void overflow() {
            losses.count(
                    "queue.overflow", "broker", "a client that is away has more messages waiting than queue.messages");
        }

        @Override
        public void storeFailed(Throwable cause) {
            Engine.this.storeFailed(cause);
        }
    }

    void storeFailed(Throwable cause) {
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
            wills.close();
            spaces.close();
        } finally {
            presence.close();
            doors.close();
        }
    }
}
