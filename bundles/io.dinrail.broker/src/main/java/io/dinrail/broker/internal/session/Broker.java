package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.link.LinkAcceptor;
import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.SessionInfo;
import io.dinrail.messaging.api.Traffic;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions of all organisations, from the start of the broker to its stop; safe for use by many threads. */
public final class Broker implements LinkAcceptor, AutoCloseable {
    private static final long NS_TO_PART = TimeUnit.SECONDS.toNanos(3);

    private final BrokerParts parts;
    private final Admittance admittance;
    private final Reader reader;
    private final Endings endings = new Endings(this);
    private final Timekeeper timekeeper = new Timekeeper(this);
    private final Counters counters = new Counters();
    private final Crowd crowd = new Crowd();
    private final Map<String, Realm> realms = new ConcurrentHashMap<>();
    private final Map<EventExecutor, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, Integer> present = new ConcurrentHashMap<>();
    private final EventExecutor houseLoop =
            new DefaultEventExecutor(new DefaultThreadFactory("dinrail-broker-house", true));
    private final Lane house = new Lane(houseLoop, this);
    private final ServerTopics serverTopics = new ServerTopics(this);
    private final AtomicLong held = new AtomicLong();
    private final long mostHeld = Runtime.getRuntime().maxMemory() / 8;
    private volatile boolean stopping;

    /**
     * Puts back what the store has kept; reads all retained messages, so it may take a moment.
     *
     * @param parts what it stands on.
     */
    public Broker(BrokerParts parts) {
        this.parts = parts;
        this.admittance = new Admittance(parts.identity(), parts.anonymousRuleSet(), parts.settings());
        this.reader = new Reader(parts.store(), parts.ledger());
        new Restoring(this).run();
        serverTopics.start();
    }

    @Override
    public LinkHandler accept(Link link) {
        return new Connection(link, lane(link.loop()), this);
    }

    private Lane lane(EventExecutor loop) {
        return lanes.computeIfAbsent(loop, fresh -> new Lane(fresh, this));
    }

    /**
     * Publishes for the platform, in the default organisation.
     *
     * @param message what.
     * @return how many sessions get it.
     * @throws IllegalStateException if it can't be taken now: stopping, the disk refuses, or too many wait.
     */
    public int publish(Message message) {
        if (stopping) {
            throw new IllegalStateException("the broker is stopping");
        }
        boolean lasting = message.qos() > 0 || message.retain();
        if (lasting && parts.store().failing() || house.hasTooMuchMail()) {
            throw new IllegalStateException("the broker can't take a message now: "
                    + (house.hasTooMuchMail() ? "too many wait" : "its disk can't be written"));
        }
        return publishInside(message);
    }

    /** Publishes in the default organisation, whatever the topic. */
    int publishInside(Message message) {
        Publication publication = Publication.of(
                TopicName.of(message.topic()),
                message.payload(),
                Qos.of(message.qos()),
                message.retain(),
                Properties.NONE,
                Publication.NEVER);
        Realm realm = realm(Organisation.DEFAULT);
        int[] routed = {0};
        realm.index().match(message.topic(), (session, wish) -> routed[0]++);
        realm.shares().match(message.topic(), (group, nothing) -> routed[0]++);
        house.post(() -> house.desk().publish(publication, realm, Optional.empty()));
        counters.published.increment();
        return routed[0];
    }

    /**
     * Lists who is connected.
     *
     * @return them, by client id.
     */
    public List<io.dinrail.messaging.api.Session> sessions() {
        List<io.dinrail.messaging.api.Session> all = new ArrayList<>();
        eachConnection(connection -> all.add(connection.view()));
        all.sort((one, other) -> one.clientId().compareTo(other.clientId()));
        return all;
    }

    /**
     * Lists what is remembered of clients.
     *
     * @return all sessions, by client id.
     */
    public List<SessionInfo> sessionInfos() {
        List<SessionInfo> all = new ArrayList<>();
        for (Realm realm : realms.values()) {
            realm.seats().forEach(seat -> seat.session().map(this::info).ifPresent(all::add));
        }
        all.sort(Comparator.comparing(SessionInfo::clientId));
        return all;
    }

    private SessionInfo info(Session session) {
        Optional<Connection> connection = Optional.ofNullable(session.connection());
        int waiting = connection.map(open -> open.outflow().held()).orElse(0);
        return new SessionInfo(
                session.realm().shown(session.clientId()),
                login(session.seat().owner()),
                connection.map(Connection::view),
                Optional.of(Instant.ofEpochMilli(session.leftAt())).filter(left -> connection.isEmpty()),
                Duration.ofSeconds(session.expiry()),
                session.filters(),
                session.isKept() ? session.queued() : waiting,
                connection.map(open -> open.outflow().inflight()).orElse(0),
                session.traffic());
    }

    /**
     * Tells what went through.
     *
     * @return the traffic of each first level of a topic, those of other organisations followed by theirs.
     */
    public SortedMap<String, Traffic> trafficByTopic() {
        SortedMap<String, Traffic> all = new TreeMap<>();
        realms.values().forEach(realm -> realm.meters().each((level, traffic) -> all.put(realm.shown(level), traffic)));
        return all;
    }

    /** Counts a message of a client, on its lane. */
    void received(Session from, Publication publication) {
        int bytes = publication.bytes();
        counters.received.increment();
        counters.receivedBytes.add(bytes);
        from.meter().received(bytes);
        from.realm().meters().of(publication.topic()).received(bytes);
    }

    /** Counts a message to a client, on its lane. */
    void sent(Session to, Publication publication) {
        int bytes = publication.bytes();
        counters.sent.increment();
        to.meter().sent(bytes);
        to.realm().meters().of(publication.topic()).sent(bytes);
    }

    /**
     * Disconnects a client.
     *
     * @param shown its client id as {@link #sessions} shows it.
     * @return whether it was connected.
     */
    public boolean kick(String shown) {
        boolean[] found = {false};
        eachConnection(connection -> {
            if (connection.shown().equals(shown)) {
                found[0] = true;
                connection
                        .lane()
                        .post(() -> connection.disconnect(ReasonCode.ADMINISTRATIVE_ACTION, "server_disconnect"));
            }
        });
        return found[0];
    }

    private void eachConnection(Consumer<Connection> visitor) {
        for (Realm realm : realms.values()) {
            for (Seat seat : realm.seats()) {
                seat.session().map(Session::connection).ifPresent(visitor);
            }
        }
    }

    /**
     * Ends the connections and sessions of a login name whose credential is gone.
     *
     * @param login the name.
     */
    public void revoke(String login) {
        int at = login.lastIndexOf('@');
        Realm realm = realms.get(at < 0 ? Organisation.DEFAULT : login.substring(at + 1));
        if (realm == null) {
            return;
        }
        for (Seat seat : realm.seats()) {
            if (seat.owner().equals(login)) {
                seat.session()
                        .map(Session::connection)
                        .ifPresent(connection -> connection.lane().post(connection::isRevoked));
                realm.claim(seat.clientId(), login, new Turn(this, realm, seat.clientId(), this::evict));
            }
        }
    }

    private void evict(Seat seat) {
        seat.session().ifPresent(session -> {
            session.will(Optional.empty());
            endings.end(session, house);
        });
    }

    /**
     * Counts the sessions.
     *
     * @return those connected and those that wait for their client.
     */
    public int sessionCount() {
        return realms.values().stream().mapToInt(realm -> realm.seats().size()).sum();
    }

    /**
     * Counts the clients.
     *
     * @return how many are connected.
     */
    public int connected() {
        return counters.connected.intValue();
    }

    /**
     * Counts what clients published.
     *
     * @return messages since the start.
     */
    public long received() {
        return counters.received.sum();
    }

    /**
     * Counts what the platform published.
     *
     * @return messages since the start.
     */
    public long published() {
        return counters.published.sum();
    }

    /** Sends everybody away and stores what they leave behind; takes at most 4 s. The listeners are shut before. */
    @Override
    public void close() {
        stopping = true;
        serverTopics.close();
        eachConnection(connection ->
                connection.lane().post(() -> connection.disconnect(ReasonCode.SERVER_SHUTTING_DOWN, "server_stop")));
        long last = System.nanoTime() + NS_TO_PART;
        while (connected() > 0 && System.nanoTime() < last) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        timekeeper.close();
        reader.close();
        houseLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /** Counts bytes of messages that wait in memory for slow clients. */
    void holds(long bytes) {
        held.addAndGet(bytes);
    }

    /** Whether they are an eighth of all memory: from here on, whoever has something waiting gets no more of it. */
    boolean isShortOfMemory() {
        return held.get() > mostHeld;
    }

    boolean isStopping() {
        return stopping;
    }

    void came(Principal principal) {
        counters.connected.increment();
        present.merge(principal.login(), 1, Integer::sum);
        parts.attendance().came(principal);
    }

    void left(Principal principal, String reason) {
        counters.connected.decrement();
        @Nullable
        Integer others = present.computeIfPresent(
                principal.login(), (login, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
        parts.attendance().left(principal, others != null, reason);
    }

    /** Writes down what a session is now; refused when the disk is full. */
    void record(Session session, Commit commit) {
        commit.batch(session.realm())
                .session(
                        session.number(),
                        key(session),
                        SessionRecord.of(session).encoded());
    }

    /** Writes down what a session that the store knows is now, also when the disk is full. */
    void renew(Session session, Commit commit) {
        commit.batch(session.realm())
                .replace(
                        session.number(),
                        key(session),
                        SessionRecord.of(session).encoded());
    }

    private static String key(Session session) {
        return session.realm().key(session.clientId());
    }

    Realm realm(String organisation) {
        return realms.computeIfAbsent(organisation, id -> new Realm(id, parts.settings()));
    }

    /** The login name of whose a session is. */
    String login(String owner) {
        return Admittance.login(owner);
    }

    long issuedAt(String login) {
        return parts.issuedAt().applyAsLong(login);
    }

    boolean closesOnRefusedPublish(String organisation) {
        return parts.closesOnRefusedPublish().test(organisation);
    }

    long now() {
        return parts.clock().millis();
    }

    Clock clock() {
        return parts.clock();
    }

    MessageStore store() {
        return parts.store();
    }

    BrokerSettings settings() {
        return parts.settings();
    }

    Crowd crowd() {
        return crowd;
    }

    Ledger ledger() {
        return parts.ledger();
    }

    Tap tap() {
        return parts.tap();
    }

    Admittance admittance() {
        return admittance;
    }

    Reader reader() {
        return reader;
    }

    Endings endings() {
        return endings;
    }

    Timekeeper timekeeper() {
        return timekeeper;
    }

    Counters counters() {
        return counters;
    }

    EventExecutor houseLoop() {
        return houseLoop;
    }

    /** The lane of what no client's loop does. */
    Lane house() {
        return house;
    }
}
