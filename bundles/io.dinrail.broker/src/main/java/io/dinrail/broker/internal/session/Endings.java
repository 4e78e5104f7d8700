package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Onward;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.Will;
import io.dinrail.messaging.api.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of wills and sessions when a client is gone; called on the lane of whoever holds the session's seat. */
final class Endings {
    private static final int MS = 1000;

    private final Broker broker;

    Endings(Broker broker) {
        this.broker = broker;
    }

    /** A client that was let in is gone. */
    void parted(Guest guest, Connection connection, String reason) {
        Session session = guest.session();
        Lane lane = connection.lane();
        if (session.connection() == connection) {
            session.connection(null);
        }
        guest.outflow().leave();
        judgeWill(guest, connection);
        if (guest.isRevoked()) {
            session.expiry(0);
        }
        session.expiry(Admittance.lasting(
                session.expiry(), guest.access(), broker.clock().instant()));
        if (session.expiry() == 0) {
            List<Parcel> unfinished =
                    session.isKept() ? List.of() : guest.outflow().unfinishedShared();
            end(session, lane);
            unfinished.forEach(parcel -> lane.desk()
                    .giveAgain(parcel.publication(), parcel.manner.share().orElseThrow(), session.realm()));
        } else {
            stay(session, lane);
        }
        // The next of this client may be on another lane: what was acknowledged here must be gone from the store before
        // it looks there.
        lane.desk().settle();
        if (guest.wasOpened()) {
            broker.left(guest.access().principal(), reason);
        }
        session.realm().leave(session.seat(), guest.claim());
    }

    private void judgeWill(Guest guest, Connection connection) {
        Session session = guest.session();
        if (!guest.wasOpened()) {
            session.will(Optional.empty());
        } else if (session.will().isPresent() && !guest.mayLeaveWill()) {
            broker.ledger()
                    .count("will.refused", connection.shown(), "may not publish its will any more: it is dropped");
            session.will(Optional.empty());
        }
    }

    /** The session waits for its client; a will that has no delay doesn't. After a stop of the broker it has the grace of a restart. */
    private void stay(Session session, Lane lane) {
        if (!broker.isStopping()) {
            session.leftAt(broker.now());
            long delay = session.will().map(will -> delay(will, session)).orElse(0L);
            session.willDue(session.leftAt() + delay * MS);
            if (delay == 0) {
                publishWill(session, lane);
            }
            broker.timekeeper().watch(session);
        }
        record(session, lane);
    }

    /** In one batch with its will, if that was just published; a will that the store refuses is lost, the session isn't. */
    void record(Session session, Lane lane) {
        Commit growing = lane.desk().growing();
        if (growing.isEmpty()) {
            broker.renew(session, lane.desk().shrinking());
        } else {
            broker.renew(session, growing);
            growing.ifRefused(() -> broker.renew(session, lane.desk().shrinking()));
        }
    }

    static long delay(Will will, Session session) {
        return Math.min(will.properties().number(Property.WILL_DELAY_INTERVAL, 0), session.expiry());
    }

    /** Publishes what the client left to be said, if it did and that wasn't said yet. */
    void publishWill(Session session, Lane lane) {
        session.will().ifPresent(will -> publish(will, session, lane));
        session.will(Optional.empty());
    }

    private void publish(Will will, Session session, Lane lane) {
        long seconds = will.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, Onward.NO_EXPIRY);
        Publication publication = Publication.of(
                will.topic(),
                will.payload(),
                will.qos(),
                will.retain(),
                will.properties().without(Property.WILL_DELAY_INTERVAL, Property.MESSAGE_EXPIRY_INTERVAL),
                seconds < 0 ? Publication.NEVER : broker.now() + seconds * MS);
        lane.desk().publish(publication.routed(), session.realm(), Optional.empty());
        String topic = will.topic().text();
        if (session.realm().isDefault() && broker.tap().listensTo(topic)) {
            broker.tap()
                    .tell(
                            new Message(topic, will.payload(), will.qos().number(), will.retain()),
                            broker.login(session.seat().owner()),
                            broker.clock().instant());
        }
    }

    /** Ends a session with all that waits for it; what a shared subscription brought goes to other members. */
    void end(Session session, Lane lane) {
        boolean shares = session.wishes().keySet().stream().anyMatch(Realm::isShared);
        broker.timekeeper().cancel(session);
        session.realm().forget(session);
        if (session.seat().session().filter(session::equals).isPresent()) {
            session.seat().clear();
        }
        publishWill(session, lane);
        if (!session.isKept()) {
            return;
        }
        long to = broker.store().next(session.number());
        session.endedAt(to);
        if (shares && session.queued() > 0) {
            broker.reader().loadShared(session, to, (items, end) -> lane.post(() -> moved(session, items, lane)));
        } else {
            lane.desk().shrinking().batch().end(session.number());
        }
    }

    /** In one batch: what the session had, others have, whenever the power goes. */
    private void moved(Session session, List<Reader.Item> items, Lane lane) {
        List<Reader.Item> unfinished = new ArrayList<>(items);
        unfinished.removeIf(item -> item.manner().qos() == Qos.EXACTLY_ONCE && item.place() < session.sentTo()
                || item.mark() == Parcel.RELEASED_MARK);
        lane.desk().growing().batch(session.realm()).end(session.number());
        unfinished.forEach(item ->
                lane.desk().giveAgain(item.publication(), item.manner().share().orElseThrow(), session.realm()));
    }
}
