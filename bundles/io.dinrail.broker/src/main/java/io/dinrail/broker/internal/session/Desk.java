package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.routing.SharedGroup;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where messages are routed and stored, one desk a lane; used on that lane only. */
final class Desk {
    /** A delivery from memory that waits for the messages before it to be taken by the store. */
    private record Held(Session session, Publication publication, Manner manner) {}

    private final Lane lane;
    private final Broker broker;
    private final Hits hits = new Hits(this::send);
    private final AtomicLong unstored = new AtomicLong();
    private List<Held> held = new ArrayList<>();
    private Commit growing;
    private Commit shrinking;
    private @Nullable Publication written;
    private int routed;

    Desk(Lane lane, Broker broker) {
        this.lane = lane;
        this.broker = broker;
        this.growing = new Commit(lane);
        this.shrinking = new Commit(lane);
    }

    /** What brings messages or sessions: refused when the disk is full. */
    Commit growing() {
        return growing;
    }

    /** What ends or goes on with something: taken also when the disk is full. */
    Commit shrinking() {
        return shrinking;
    }

    /** As {@link #shrinking}, behind everything that came before in this turn. */
    Commit standing() {
        if (!growing.isEmpty()) {
            settle();
        }
        return shrinking;
    }

    /** Bytes that the store has been given and hasn't stored yet. */
    long unstored() {
        return unstored.get();
    }

    /**
     * Routes a message to all who get it, and keeps it if it is to be retained.
     *
     * @param from whose it is, for those who don't want their own.
     * @return how many sessions get it.
     */
    int publish(Publication publication, Realm realm, Optional<Session> from) {
        written = null;
        routed = 0;
        if (publication.retain()) {
            retain(publication, realm);
        }
        hits.route(publication, realm, from.orElse(null));
        realm.shares().match(publication.topic().text(), (group, nothing) -> give(publication, group, realm));
        return routed;
    }

    private void retain(Publication publication, Realm realm) {
        String topic = publication.topic().text();
        if (publication.isEmpty()) {
            growing.batch(realm).clear(realm.key(topic));
            growing.whenTaken(() -> realm.retained().remove(topic));
        } else if (realm.hasRoomFor(publication)) {
            store(publication);
            growing.batch(realm).retain(realm.key(topic), publication.number);
            growing.whenTaken(() -> realm.keep(publication));
        } else {
            broker.ledger()
                    .count(
                            "retained.full",
                            realm.shown(topic),
                            "the organisation has as many retained messages as it may: this one was routed only");
        }
    }

    /** Asks those first who can take it at once. */
    private void give(Publication publication, SharedGroup<Session> group, Realm realm) {
        String share = "$share/" + group.name() + '/' + group.filter();
        boolean given = group.offer((member, wish) -> member.connection() != null
                        && member.connection().outflow().hasRoom()
                        && hand(member, wish, share, publication))
                || group.offer((member, wish) -> hand(member, wish, share, publication));
        if (!given && group.size() == 0) { // it emptied in between, and may have begun anew
            realm.shares()
                    .find(group.name(), group.filter())
                    .ifPresent(anew -> anew.offer((member, wish) -> hand(member, wish, share, publication)));
        }
    }

    private boolean hand(Session member, long wish, String share, Publication publication) {
        Connection connection = member.connection();
        Qos qos = publication.qos().atMost(Wish.qos(wish));
        boolean possible = connection == null
                ? member.isKept() && qos != Qos.AT_MOST_ONCE
                : connection.mayReceive(publication.topic().text());
        if (possible) {
            send(member, publication, manner(publication, qos, wish, Optional.of(share)));
        }
        return possible;
    }

    private static Manner manner(Publication publication, Qos qos, long wish, Optional<String> share) {
        int identifier = Wish.identifier(wish);
        return new Manner(
                qos,
                publication.retain() && Wish.asPublished(wish),
                identifier == 0 ? List.of() : List.of(identifier),
                share);
    }

    /** Offers a message that a member of a shared group didn't finish to the others. */
    void giveAgain(Publication publication, String share, Realm realm) {
        int slash = share.indexOf('/', "$share/".length());
        String name = share.substring("$share/".length(), slash);
        realm.shares()
                .find(name, share.substring(slash + 1))
                .ifPresentOrElse(
                        group -> give(publication.anew(), group, realm),
                        () -> broker.ledger()
                                .count("share.empty", realm.shown(share), "nobody is left to take a shared message"));
    }

    /** The session that was to get a message has ended: one of a shared subscription goes to another member. */
    void isHomeless(Commit.Entry entry) {
        entry.manner()
                .share()
                .ifPresent(share ->
                        giveAgain(entry.publication(), share, entry.session().realm()));
    }

    /** Sends a message to one session: by its queue in the store, or from memory. */
    void send(Session session, Publication publication, Manner manner) {
        if (manner.qos() == Qos.AT_MOST_ONCE || !session.isKept()) {
            routed += session.connection() != null ? 1 : 0;
            remember(session, publication, manner);
        } else if (mayQueue(session, publication)) {
            store(publication);
            growing.enqueue(new Commit.Entry(session, publication, manner));
            routed++;
        }
    }

    private void remember(Session session, Publication publication, Manner manner) {
        if (growing.isEmpty()) {
            deliver(session, publication, manner);
        } else {
            held.add(new Held(session, publication, manner));
        }
    }

    private void store(Publication publication) {
        if (publication.number == 0) {
            publication.number = broker.store().newMessage();
        }
        if (written != publication) {
            written = publication;
            growing.message(publication);
        }
    }

    /** Sends a message that is in the store already, such as a retained one. */
    void sendStored(Session session, Publication publication, Manner manner) {
        written = publication.number == 0 ? null : publication;
        send(session, publication, manner);
    }

    private boolean mayQueue(Session session, Publication publication) {
        BrokerSettings settings = broker.settings();
        boolean full = settings.queueMessages() > 0 && session.queued() >= settings.queueMessages()
                || settings.queueBytes() > 0
                        && session.queuedBytes() + publication.bytes() > settings.queueBytes()
                        && session.queued() > 0;
        if (!full) {
            return true;
        }
        broker.ledger()
                .count(
                        "queue.overflow",
                        session.realm().shown(session.clientId()),
                        "its queue is full: the " + (settings.dropsOldest() ? "oldest" : "newest")
                                + " message was dropped");
        return settings.dropsOldest() && dropOldest(session);
    }

    /** What a connection has in its hands is left alone; when that is all there is, the newest goes after all. */
    private boolean dropOldest(Session session) {
        var oldest = broker.store().queue(session.number(), session.loadedTo(), 1);
        if (oldest.isEmpty()) {
            return growing.drop(session);
        }
        long place = oldest.get(0).order();
        session.loadedTo(place + 1);
        shrinking.batch().remove(session.number(), place);
        session.gone(1, session.queuedBytes() / Math.max(1, session.queued()));
        return true;
    }

    private void deliver(Session session, Publication publication, Manner manner) {
        Connection connection = session.connection();
        if (connection == null) {
            return;
        }
        if (connection.lane() == lane) {
            connection.outflow().take(publication, manner);
            return;
        }
        if (manner.qos() == Qos.AT_MOST_ONCE && !connection.link().isWritable()) {
            connection.outflow().dropped(); // without a letter to a lane that may have enough to do
            return;
        }
        connection.lane().post(() -> connection.outflow().take(publication, manner));
        if (connection.lane().hasTooMuchMail()) {
            lane.clogs(connection.lane());
        }
    }

    /** Gives the turn's work to the store, and what needed none to the connections. */
    void settle() {
        while (!shrinking.isEmpty() || !growing.isEmpty()) {
            Commit ending = shrinking;
            shrinking = new Commit(lane);
            if (!ending.isEmpty()) {
                commit(ending, Durability.FORCED);
            }
            Commit bringing = growing;
            growing = new Commit(lane);
            List<Held> memory = held;
            held = new ArrayList<>();
            boolean taken = bringing.isEmpty() || commit(bringing, bringing.durability());
            memory.stream()
                    .filter(one -> taken || one.publication().qos() == Qos.AT_MOST_ONCE)
                    .forEach(one -> deliver(one.session(), one.publication(), one.manner()));
        }
    }

    private boolean commit(Commit commit, Durability durability) {
        long bytes = commit.bytes();
        unstored.addAndGet(bytes);
        try {
            commit.store(broker.store(), durability, () -> unstored.addAndGet(-bytes))
                    .forEach(this::isHomeless);
            return true;
        } catch (StoreException e) {
            unstored.addAndGet(-bytes);
            broker.ledger().count("store.refused", "broker", "nothing was stored, nor acknowledged: " + e.getMessage());
            commit.refused(e);
            return false;
        }
    }
}
