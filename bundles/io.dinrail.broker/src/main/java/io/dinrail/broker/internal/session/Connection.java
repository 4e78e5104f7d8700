package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.protocol.Acknowledgement;
import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.Disconnect;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.Ping;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Publish;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.Subscribe;
import io.dinrail.broker.internal.protocol.Unsubscribe;
import io.dinrail.broker.internal.store.StoreException;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, from its first byte to its last. The way in is {@link Entrance}'s; here is what follows. Its states are in docs/broker.md.
 * Used on its lane only, but for {@link #may}, {@link #mayReceive}, and what identity tells.
 */
final class Connection implements LinkHandler {
    private static final long NS_TO_CONNECT = TimeUnit.SECONDS.toNanos(10);

    /** How far it has come. */
    private enum State {
        NEW,
        /** Its CONNECT is looked at. */
        ENTERING,
        OPEN,
        /** It was told to go, or said goodbye: nothing more is heard. */
        CLOSING,
        GONE
    }

    private final Link link;
    private final Lane lane;
    private final Broker broker;
    private final Deque<Ticket> tickets = new ArrayDeque<>(0);
    private final Deque<Packet> early = new ArrayDeque<>(0);
    private State state = State.NEW;
    private @Nullable Entrance entrance;
    private @Nullable Guest guest;
    private long heardAt;
    private boolean dirty;
    private String leaving = "connection-lost";

    Connection(Link link, Lane lane, Broker broker) {
        this.link = link;
        this.lane = lane;
        this.broker = broker;
        this.heardAt = System.nanoTime();
        lane.comes(this);
    }

    Lane lane() {
        return lane;
    }

    Link link() {
        return link;
    }

    private Guest guest() {
        if (guest == null) {
            throw new IllegalStateException("nobody has been let in on this connection");
        }
        return guest;
    }

    Outflow outflow() {
        return guest().outflow();
    }

    Press press() {
        return guest().press();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isVersion5() {
        return press().version() == MqttVersion.V5;
    }

    /** Its client id as people see it, or where it comes from. */
    String shown() {
        return guest == null
                ? link.peer().host()
                : guest.session().realm().shown(guest.session().clientId());
    }

    String login() {
        return guest().access().principal().login();
    }

    Access access() {
        return guest().access();
    }

    /** Safe from any thread, once it is let in. */
    boolean may(Action action, String topic) {
        try {
            return guest().access().may(action, topic);
        } catch (RuntimeException e) {
            return undecided(topic, e);
        }
    }

    /** Safe from any thread, once it is let in. */
    boolean mayReceive(String topic) {
        try {
            return guest().access().mayReceive(topic);
        } catch (RuntimeException e) {
            return undecided(topic, e);
        }
    }

    private boolean undecided(String topic, RuntimeException e) {
        broker.ledger().count("identity.failed", shown(), "no decision about " + topic + ", so it is refused", e);
        return false;
    }

    /** Something was refused; a client that tries too often is thrown out. */
    void denied(Action action, String topic) {
        boolean tooMany = access().denied(action, topic);
        boolean strict = action == Action.PUBLISH
                && broker.closesOnRefusedPublish(access().principal().organisation());
        if (tooMany || strict) {
            disconnect(ReasonCode.NOT_AUTHORIZED, "server_disconnect");
        }
    }

    // ---- from the network

    @Override
    public void received(Packet packet) {
        heardAt = System.nanoTime();
        switch (state) {
            case NEW -> first(packet);
            case ENTERING -> early.add(packet); // no more than was read already: reading is off
            case OPEN -> next(packet);
            case CLOSING, GONE -> packet.release();
        }
    }

    private void first(Packet packet) {
        if (!(packet instanceof Connect connect)) {
            packet.release();
            broker.ledger().count("protocol.error", shown(), "sent another packet before CONNECT: closed");
            close();
            return;
        }
        state = State.ENTERING;
        link.reading(false);
        entrance = new Entrance(this, connect, broker);
        entrance.ask(new Watch());
    }

    private void next(Packet packet) {
        try {
            handle(packet);
        } catch (MalformedPacket e) {
            violation(e);
        } catch (RuntimeException e) {
            broker.ledger().count("engine.failed", shown(), "a packet could not be dealt with: closed", e);
            disconnect(ReasonCode.UNSPECIFIED_ERROR, "server_error");
        }
    }

    private void handle(Packet packet) throws MalformedPacket {
        if (packet instanceof Publish publish) {
            int bytes = publish.payload().readableBytes();
            Inbound inbound = guest().inbound();
            inbound.publish(publish);
            guest().valve().published(bytes, heardAt, inbound.unstored(), tickets.size());
        } else if (packet instanceof Acknowledgement acknowledgement) {
            acknowledged(acknowledgement);
        } else if (packet instanceof Subscribe subscribe) {
            guest().subscribing().subscribe(subscribe);
        } else if (packet instanceof Unsubscribe unsubscribe) {
            guest().subscribing().unsubscribe(unsubscribe);
        } else if (packet == Ping.REQUEST) {
            write(Ping.RESPONSE);
        } else if (packet instanceof Disconnect disconnect) {
            goodbye(disconnect);
        } else {
            throw MalformedPacket.because(
                    ReasonCode.PROTOCOL_ERROR, "a " + packet.type() + " that may not come here [MQTT-3.1.0-2]");
        }
    }

    private void acknowledged(Acknowledgement packet) {
        switch (packet.type()) {
            case PUBACK -> outflow().acknowledged(packet.packetId());
            case PUBREC -> outflow().received(packet.packetId(), packet.reason());
            case PUBCOMP -> outflow().completed(packet.packetId());
            default -> guest().inbound().release(packet.packetId());
        }
        guest().subscribing().feed().advance();
    }

    /** Some of what it published is stored. */
    void catchesUp() {
        guest().valve().catchesUp(guest().inbound().unstored());
    }

    /** What was published before is stored. */
    void relieved() {
        guest().valve().relieved();
    }

    /** Reads on, or stops. */
    void read() {
        heardAt = System.nanoTime(); // whoever is not read from can't be heard
        link.reading(state == State.OPEN && guest().valve().isOpen());
    }

    private void goodbye(Disconnect packet) throws MalformedPacket {
        Session session = guest().session();
        long asked = packet.properties().number(Property.SESSION_EXPIRY_INTERVAL, -1);
        if (asked > 0 && session.expiry() == 0) {
            throw MalformedPacket.because(
                    ReasonCode.PROTOCOL_ERROR,
                    "DISCONNECT asks to keep a session that was not to be kept (3.14.2.2.2)");
        }
        if (asked >= 0) {
            session.expiry(Math.min(asked, broker.settings().longestSession().toSeconds()));
        }
        boolean withWill = packet.reason() != ReasonCode.SUCCESS;
        if (!withWill) {
            session.will(Optional.empty()); // [MQTT-3.14.4-3]
        }
        leaving = withWill ? "client_disconnect" : "normal";
        close();
    }

    @Override
    public void malformed(MalformedPacket why, Optional<MqttVersion> version) {
        if (state == State.OPEN) {
            violation(why);
            return;
        }
        if (state == State.NEW) {
            broker.ledger().count("protocol.error", shown(), "sent no CONNECT: " + why.getMessage() + ": closed");
            // A version that nobody speaks is answered as 3.1.1 would be [MQTT-3.1.2-2], unless it says it is of 5.0 or
            // later.
            MqttVersion spoken = version.orElse(MqttVersion.V3_1_1);
            if (version.isPresent() || why.reason() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
                Entrance.refuse(link, spoken, why.reason());
            }
        }
        close();
    }

    private void violation(MalformedPacket why) {
        broker.ledger().count("protocol.error", shown(), why.getMessage() + ": closed");
        disconnect(why.reason(), "protocol_error");
    }

    @Override
    public void turnEnded() {
        lane.turnEnds();
    }

    @Override
    public void writable() {
        if (state == State.OPEN) {
            outflow().pump();
            guest().subscribing().feed().advance();
            lane.turnEnds();
        }
    }

    @Override
    public void closed() {
        part();
        lane.turnEnds();
    }

    // ---- to the client

    /** Puts an answer in line. */
    Ticket answer(Ticket ticket) {
        tickets.add(ticket);
        return ticket;
    }

    /** Sends the answers whose turn has come. */
    void answers() {
        while (!tickets.isEmpty() && tickets.getFirst().isReady()) {
            Ticket ticket = tickets.removeFirst();
            if (state == State.OPEN || state == State.ENTERING) {
                write(ticket.answer());
                ticket.left();
            }
        }
    }

    void write(Packet packet) {
        if (state == State.CLOSING || state == State.GONE) {
            return;
        }
        if (!press().write(packet)) {
            broker.ledger()
                    .count("packet.too-large", shown(), "takes no packets as large as a " + packet.type() + ": closed");
            close();
            return;
        }
        written();
    }

    /** Something was written, to be flushed when the turn ends. */
    void written() {
        if (!dirty) {
            dirty = true;
            lane.isDirty(this);
        }
    }

    void flush() {
        dirty = false;
        if (guest != null && state != State.GONE) {
            guest.press().flush();
        }
    }

    /** Ends the connection and says why, where the version can. */
    void disconnect(ReasonCode reason, String word) {
        if (state == State.CLOSING || state == State.GONE) {
            return;
        }
        leaving = word;
        if (state == State.OPEN && isVersion5()) {
            write(new Disconnect(reason, Properties.NONE));
        }
        close();
    }

    /** Its credential is gone for good. */
    void isRevoked() {
        if (state == State.OPEN) {
            ended(AccessListener.End.REVOKED);
        }
    }

    /** What it shows of itself; safe from any thread, once it is let in. */
    io.dinrail.messaging.api.Session view() {
        return new io.dinrail.messaging.api.Session(
                shown(),
                login(),
                link.peer().host() + ':' + link.peer().address().getPort(),
                guest().since());
    }

    /** Sends what was written and closes; nothing more is heard. */
    void close() {
        if (state == State.GONE) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSING;
        flush();
        link.close();
        if (wasOpen || guest != null || entrance != null) {
            lane.post(this::part); // not in the middle of what led here
        }
    }

    /** The store does not take what a client of 3.x sends: it can't be told but by the end of its connection. */
    void storeRefuses(StoreException why) {
        if (state == State.OPEN && !isVersion5()) {
            broker.ledger().count("store.refused", shown(), "was not acknowledged and is closed: " + why.getMessage());
            disconnect(ReasonCode.UNSPECIFIED_ERROR, "store_refused");
        }
    }

    // ---- the way in, told by Entrance

    /** The client is let in; what it gets is sent from {@link #opened} on. */
    void seated(Guest let) {
        guest = let;
    }

    Subscribing subscriptions() {
        return guest().subscribing();
    }

    /** The answer to CONNECT is ready to leave, as soon as the session is stored. */
    void accepted(Connack connack, Commit commit) {
        Ticket ticket = answer(new Ticket(this, connack) {
            @Override
            void left() {
                opened();
            }

            @Override
            Packet refused(StoreException why) {
                if (!connack.sessionPresent()) {
                    guest().session().expiry(0); // what isn't stored can't be kept
                }
                Connection.this.refused(Refusal.store(why));
                return answer();
            }
        });
        if (commit.isEmpty()) {
            ticket.keep();
        } else {
            commit.await(ticket);
        }
    }

    private void opened() {
        state = State.OPEN;
        guest().opened();
        broker.came(access().principal());
        outflow().begin();
        if (entrance != null && entrance.rightsChanged()) {
            recheck();
        }
        while (!early.isEmpty()) {
            received(early.remove());
        }
        if (state == State.OPEN) {
            read();
        }
    }

    void refused(Refusal refusal) {
        if (state == State.CLOSING || state == State.GONE) {
            return;
        }
        broker.ledger().count(refusal.loss(), shown(), refusal.sentence());
        if (entrance != null) {
            Entrance.refuse(link, entrance.version(), refusal.reason());
        }
        close();
    }

    // ---- the way out

    /** Makes room for a newer connection of the same client, then lets it proceed. */
    void yieldTo(Claim next) {
        disconnect(ReasonCode.SESSION_TAKEN_OVER, "takeover");
        part();
        next.proceed();
    }

    private void part() {
        if (state == State.GONE) {
            return;
        }
        state = State.GONE;
        lane.goes(this);
        early.forEach(Packet::release);
        early.clear();
        tickets.clear();
        if (guest != null) {
            guest.press().drop();
            broker.endings().parted(guest, this, leaving);
        }
        if (entrance != null) {
            entrance.close();
        }
    }

    /** Once a second: has it been silent for too long? */
    void tick(long now) {
        long silent = now - heardAt;
        if (guest == null || state == State.ENTERING) {
            if (silent > NS_TO_CONNECT) {
                broker.ledger().count("login.timeout", shown(), "did not log in within 10 s: closed");
                close();
            }
        } else if (state == State.OPEN
                && silent > guest.patience()
                && guest.valve().isOpen()) {
            disconnect(ReasonCode.KEEP_ALIVE_TIMEOUT, "keepalive_timeout");
        } else {
            guest.valve().pace().judge(now);
        }
    }

    private void recheck() {
        if (state != State.OPEN) {
            return;
        }
        outflow().rightsChanged();
        guest().inbound().rightsChanged();
        guest().valve().pace().limit(access().limits());
        guest().willMayStay();
        if (!guest().subscribing().recheck() && isVersion5()) {
            disconnect(ReasonCode.NOT_AUTHORIZED, "rules_changed");
        }
    }

    private void ended(AccessListener.End why) {
        if (guest == null) {
            refused(Refusal.of(Admission.Reason.BARRED));
            return;
        }
        guest.ended(why);
        disconnect(ReasonCode.NOT_AUTHORIZED, "credential_" + why.name().toLowerCase(Locale.ROOT));
    }

    /** Identity's word reaches this connection on its own lane. */
    private final class Watch implements AccessListener {
        @Override
        public void changed() {
            lane.post(() -> {
                if (state == State.ENTERING && entrance != null) {
                    entrance.rightsChange();
                } else {
                    recheck();
                }
            });
        }

        @Override
        public void ended(End why) {
            lane.post(() -> Connection.this.ended(why));
        }
    }
}
