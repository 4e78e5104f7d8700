package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.store.Batch;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.broker.internal.store.Receipt;
import io.dinrail.broker.internal.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts sessions and retained messages back that the store has kept, before anybody is served. */
final class Restoring {
    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);
    private static final int MOST_IN_FLIGHT = 0xFFFF;
    private static final int MS = 1000;

    private final Broker broker;
    private final MessageStore store;
    private final Batch batch = new Batch();
    private final List<Session> restored = new ArrayList<>();

    Restoring(Broker broker) {
        this.broker = broker;
        this.store = broker.store();
    }

    void run() {
        sessions();
        retained();
        try {
            store.commit(batch, Durability.WRITTEN, Receipt.NONE);
        } catch (StoreException e) {
            LOG.warn("what has expired meanwhile could not be removed from the store: {}", e.getMessage());
        }
        restored.forEach(broker.timekeeper()::watch); // a will that is due is for all that are restored
    }

    /** The newest of a client id is the one that counts: an older one was being ended. */
    private void sessions() {
        Set<String> seen = new HashSet<>();
        List<MessageStore.SessionView> views = new ArrayList<>(store.sessions());
        views.sort(Comparator.comparingLong(MessageStore.SessionView::number).reversed());
        for (MessageStore.SessionView view : views) {
            if (seen.add(view.client())) {
                session(view);
            } else {
                batch.end(view.number());
            }
        }
    }

    private void session(MessageStore.SessionView view) {
        try {
            int cut = view.client().indexOf('\0');
            Realm realm = broker.realm(view.client().substring(0, cut));
            restore(view, realm, view.client().substring(cut + 1), SessionRecord.decoded(view.data()));
        } catch (MalformedPacket | RuntimeException e) {
            broker.ledger()
                    .count(
                            "session.damaged",
                            view.client().replace('\0', '/'),
                            "its session can't be read from the disk any more: it is lost with " + view.queued()
                                    + " messages",
                            e);
            batch.end(view.number());
        }
    }

    private void restore(MessageStore.SessionView view, Realm realm, String clientId, SessionRecord was) {
        Seat seat = realm.restored(clientId, was.owner());
        Session session = new Session(realm, seat, view.number(), was.issued());
        seat.session(session);
        was.wishes().forEach((filter, wish) -> realm.subscribe(session, filter, wish));
        for (int packetId : view.received()) {
            session.received().set(packetId);
        }
        session.waits((int) view.queued(), 0);
        session.readyTo(store.next(view.number()));
        int window = broker.settings().window(MOST_IN_FLIGHT);
        List<MessageStore.Entry> first = store.queue(view.number(), 0, window);
        if (!first.isEmpty()) {
            session.guess(first.get(first.size() - 1).order() + 1);
        }
        session.expiry(was.expiry());
        session.will(was.will());
        time(session, was);
        restored.add(session);
    }

    /** Whose client was there when the broker ended has the grace to return before its will is published, after each start anew; its session has its time once. */
    private void time(Session session, SessionRecord was) {
        boolean wasThere = was.leftAt() == 0;
        boolean lost = wasThere || was.leftByCrash();
        long left = wasThere ? broker.now() : was.leftAt();
        if (lost) {
            session.lostAt(left);
        } else {
            session.leftAt(left);
        }
        long due = left
                + session.will().map(will -> Endings.delay(will, session) * MS).orElse(0L);
        long grace = broker.now() + broker.settings().grace().toMillis();
        session.willDue(lost ? Math.max(due, grace) : due);
        if (wasThere) {
            batch.replace(
                    session.number(),
                    session.realm().key(session.clientId()),
                    SessionRecord.of(session).encoded());
        }
    }

    private void retained() {
        store.retained((key, message) -> {
            int cut = key.indexOf('\0');
            Realm realm = broker.realm(key.substring(0, cut));
            try {
                store.read(message).ifPresent(content -> retained(realm, key, message, content));
            } catch (StoreException e) {
                broker.ledger()
                        .count(
                                "retained.damaged",
                                realm.shown(key.substring(cut + 1)),
                                "a retained message can't be read from the disk any more: it is lost",
                                e);
                batch.clear(key);
            }
        });
    }

    private void retained(Realm realm, String key, long message, byte[] content) {
        try {
            Publication publication = Publication.restored(content, message);
            if (publication.isExpired(broker.now())) {
                batch.clear(key);
            } else {
                realm.keep(publication);
            }
        } catch (MalformedPacket e) {
            throw new IllegalStateException("message " + message + " of the store is no message", e);
        }
    }
}
