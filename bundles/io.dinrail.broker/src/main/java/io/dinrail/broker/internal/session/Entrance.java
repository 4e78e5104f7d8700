package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.Decoder;
import io.dinrail.broker.internal.protocol.Encoder;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.PropertiesBuilder;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.Will;
import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Admission;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of one CONNECT: past identity, which may take time, to the seat of its client id, which its holder may have to leave first, to its session. Used on
 * the connection's lane only, but for what {@link Claim} says.
 */
final class Entrance implements Claim {
    private static final int OUR_KEEP_ALIVE = 600;

    private final Connection connection;
    private final Connect connect;
    private final Broker broker;
    private @Nullable Access access;
    private @Nullable Claim successor;
    private Optional<Will> will = Optional.empty();
    private String clientId = "";
    private boolean rightsChanged;
    private boolean seated;
    private boolean passed;
    private boolean closed;

    Entrance(Connection connection, Connect connect, Broker broker) {
        this.connection = connection;
        this.connect = connect;
        this.broker = broker;
    }

    MqttVersion version() {
        return connect.version();
    }

    void rightsChange() {
        rightsChanged = true;
    }

    /** Whether rules changed since it was let in. */
    boolean rightsChanged() {
        return rightsChanged;
    }

    void ask(AccessListener listener) {
        try {
            broker.admittance()
                    .ask(connect, connection.link().peer(), listener)
                    .whenComplete((admission, failure) -> connection.lane().post(() -> answered(admission, failure)));
        } catch (Refusal e) {
            connection.refused(e);
        } catch (RuntimeException e) {
            unavailable(e);
        }
    }

    private void unavailable(Throwable cause) {
        broker.ledger().count("identity.failed", connection.shown(), "a login could not be checked", cause);
        connection.refused(Refusal.unavailable());
    }

    private void answered(@Nullable Admission admission, @Nullable Throwable failure) {
        if (admission instanceof Admission.Admitted admitted) {
            if (closed) {
                admitted.access().close();
            } else {
                admitted(admitted.access());
            }
        } else if (admission instanceof Admission.Refused refused) {
            connection.refused(Refusal.of(refused.reason()));
        } else {
            unavailable(failure == null ? new IllegalStateException("identity gave no answer") : failure);
        }
    }

    private void admitted(Access admitted) {
        access = admitted;
        try {
            clientId = Admittance.clientId(connect, admitted);
            will = Admittance.will(connect, admitted);
            Realm realm = broker.realm(admitted.principal().organisation());
            if (realm.claim(clientId, Admittance.owner(admitted.principal()), this)
                    .isEmpty()) {
                throw Refusal.clientId("client id '" + clientId + "' is refused: its session belongs to another login");
            }
        } catch (Refusal e) {
            connection.refused(e);
        } catch (RuntimeException e) {
            unavailable(e);
        }
    }

    @Override
    public void proceed() {
        connection.lane().post(this::enter);
    }

    @Override
    public void yield(Claim next) {
        connection.lane().post(() -> {
            if (seated || passed) { // before its turn has come, somebody else is still in the seat
                connection.yieldTo(next);
            } else {
                successor = next;
            }
        });
    }

    private void enter() {
        Access rights = access;
        Claim next = successor;
        if (rights == null || closed || next != null) {
            closed = true;
            passed = true;
            connection.close();
            realm().ifPresent(realm -> realm.seat(clientId).ifPresent(seat -> realm.leave(seat, this)));
            if (next != null) {
                next.proceed();
            }
            return;
        }
        seated = true;
        Realm realm = broker.realm(rights.principal().organisation());
        Seat seat = realm.seat(clientId).orElseThrow();
        sit(rights, realm, seat);
    }

    private Optional<Realm> realm() {
        return Optional.ofNullable(access)
                .map(rights -> broker.realm(rights.principal().organisation()));
    }

    private void sit(Access rights, Realm realm, Seat seat) {
        long expiry = broker.admittance().expiry(connect, rights, broker.clock().instant());
        long issued = broker.issuedAt(rights.principal().login());
        Optional<Session> former = former(seat, issued);
        Session session = former.orElseGet(() -> fresh(realm, seat, expiry, issued));
        broker.timekeeper().cancel(session);
        session.expiry(expiry);
        session.leftAt(0);
        session.will(will);
        int keepAlive = connect.keepAlive() == 0 ? OUR_KEEP_ALIVE : connect.keepAlive();
        connection.seated(guest(rights, session, keepAlive));
        former.ifPresent(back -> connection.subscriptions().recheck());
        session.connection(connection);
        Commit commit = connection.lane().desk().growing();
        if (former.isPresent()) { // it is let in also when the disk is full: it may well make room
            commit = connection.lane().desk().standing();
            broker.renew(session, commit);
        } else if (session.isKept()) {
            broker.record(session, commit);
        }
        connection.link().largestPacket(broker.settings().largestPacket());
        connection.accepted(connack(former.isPresent(), session, keepAlive), commit);
    }

    private Optional<Session> former(Seat seat, long issued) {
        Optional<Session> former = seat.session();
        boolean goesOn = former.isPresent()
                && !connect.cleanStart()
                && former.get().issued() == issued
                && former.get().isKept();
        if (goesOn) {
            return former;
        }
        former.ifPresent(old -> broker.endings().end(old, connection.lane()));
        return Optional.empty();
    }

    private Session fresh(Realm realm, Seat seat, long expiry, long issued) {
        Session session = new Session(realm, seat, expiry > 0 ? broker.store().newSession() : 0, issued);
        seat.session(session);
        return session;
    }

    private Guest guest(Access rights, Session session, int keepAlive) {
        Properties asked = connect.properties();
        Press press = new Press(
                connection.link(),
                connect.version(),
                asked.number(Property.MAXIMUM_PACKET_SIZE, Decoder.LARGEST_PACKET),
                asked.number(Property.REQUEST_PROBLEM_INFORMATION, 1) == 1,
                new Aliases((int) asked.number(Property.TOPIC_ALIAS_MAXIMUM, 0)));
        int window = broker.settings().window((int) asked.number(Property.RECEIVE_MAXIMUM, 0xFFFF));
        return new Guest(connection, this, rights, session, press, window, keepAlive, broker);
    }

    private Connack connack(boolean present, Session session, int keepAlive) {
        if (!connect.version().hasProperties()) {
            return new Connack(present, ReasonCode.SUCCESS, Properties.NONE);
        }
        PropertiesBuilder told = Properties.builder()
                .number(Property.SESSION_EXPIRY_INTERVAL, session.expiry())
                .number(Property.RECEIVE_MAXIMUM, Inbound.RECEIVE_MAXIMUM)
                .number(Property.MAXIMUM_PACKET_SIZE, broker.settings().largestPacket())
                .number(Property.TOPIC_ALIAS_MAXIMUM, broker.settings().topicAliases())
                .number(Property.SERVER_KEEP_ALIVE, keepAlive);
        if (connect.clientId().isEmpty()) {
            told.text(Property.ASSIGNED_CLIENT_IDENTIFIER, clientId);
        }
        if (connect.properties().number(Property.REQUEST_RESPONSE_INFORMATION, 0) == 1) {
            told.text(Property.RESPONSE_INFORMATION, "response/" + clientId);
        }
        return new Connack(present, ReasonCode.SUCCESS, told.build());
    }

    /** Answers a CONNECT that is refused, where its version has an answer. */
    static void refuse(Link link, MqttVersion version, ReasonCode reason) {
        if (!version.hasProperties() && reason.returnCode().isEmpty()) {
            return; // [MQTT-3.2.2-6 of 3.1.1]
        }
        ByteBuf out = link.allocator().buffer(16);
        new Encoder(version, Decoder.LARGEST_PACKET, true).encode(new Connack(false, reason, Properties.NONE), out);
        link.write(out);
    }

    /** The connection is gone: the rights go with it; a claim that is still waiting passes its turn on when it comes. */
    void close() {
        closed = true;
        if (access != null) {
            access.close();
        }
    }
}
