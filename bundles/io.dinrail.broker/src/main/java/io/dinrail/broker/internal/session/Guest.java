package io.dinrail.broker.internal.session;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import java.time.Instant;
import java.util.Optional;

/** A client that was let in, with all that serves it; used on its connection's lane, except where {@link Connection} says otherwise. */
final class Guest {
    private static final long NS = 1_500_000_000L;

    private final Access access;
    private final Session session;
    private final Press press;
    private final Outflow outflow;
    private final Inbound inbound;
    private final Subscribing subscribing;
    private final Valve valve;
    private final Claim claim;
    private final Instant since;
    private final int keepAlive;
    private Optional<End> ended = Optional.empty();
    private boolean willMayStay = true;
    private boolean opened;

    /**
     * @param window messages in flight to it.
     * @param keepAlive in seconds.
     */
    Guest(
            Connection connection,
            Claim claim,
            Access access,
            Session session,
            Press press,
            int window,
            int keepAlive,
            Broker broker) {
        this.access = access;
        this.claim = claim;
        this.session = session;
        this.press = press;
        this.keepAlive = keepAlive;
        this.since = broker.clock().instant();
        this.outflow = new Outflow(connection, session, broker, window);
        this.valve = new Valve(
                connection,
                new Pace(access.limits(), broker.settings().publishing(), broker.crowd(), System.nanoTime()),
                broker);
        this.subscribing = new Subscribing(connection, session, broker);
        this.inbound = new Inbound(connection, session, broker, press.version());
    }

    Access access() {
        return access;
    }

    Claim claim() {
        return claim;
    }

    Session session() {
        return session;
    }

    Press press() {
        return press;
    }

    Outflow outflow() {
        return outflow;
    }

    Inbound inbound() {
        return inbound;
    }

    Subscribing subscribing() {
        return subscribing;
    }

    Valve valve() {
        return valve;
    }

    Instant since() {
        return since;
    }

    /** Nanoseconds that it may be silent: one and a half times its keep alive [MQTT-3.1.2-22]. */
    long patience() {
        return keepAlive * NS;
    }

    /** It has been told that it is let in: from here on its will counts. */
    void opened() {
        opened = true;
    }

    boolean wasOpened() {
        return opened;
    }

    void ended(End why) {
        ended = Optional.of(why);
    }

    boolean isRevoked() {
        return ended.filter(End.REVOKED::equals).isPresent();
    }

    /** Rules changed while there are rights to ask about. */
    void willMayStay() {
        willMayStay = mayPublishWill();
    }

    /** Whether its will may be published when it is gone. */
    boolean mayLeaveWill() {
        return ended.map(why -> why == End.EXPIRED && willMayStay).orElseGet(this::mayPublishWill);
    }

    private boolean mayPublishWill() {
        return session.will()
                .map(will -> access.may(Action.PUBLISH, will.topic().text()))
                .orElse(true);
    }
}
