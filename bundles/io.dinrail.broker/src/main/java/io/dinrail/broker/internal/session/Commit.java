package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.store.Batch;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.broker.internal.store.Receipt;
import io.dinrail.broker.internal.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one turn of a lane wants stored, and what follows when it is; used on its lane, only {@link #stored} is told on the store's log thread. */
final class Commit implements Receipt {
    /** A message on its way to a session's queue. */
    record Entry(Session session, Publication publication, Manner manner) {}

    private final Lane lane;
    private final Batch batch = new Batch();
    private final List<Entry> entries = new ArrayList<>(4);
    private final List<Ticket> tickets = new ArrayList<>(4);
    private final List<Runnable> taken = new ArrayList<>(0);
    private final List<Runnable> ifRefused = new ArrayList<>(0);
    private final List<Runnable> done = new ArrayList<>(0);
    private long[] places = {};
    private long bytes;
    private boolean empty = true;
    private boolean promises;
    private Durability durability = Durability.WRITTEN;
    private @Nullable Runnable settled;

    Commit(Lane lane) {
        this.lane = lane;
    }

    /** The batch to put something into. */
    Batch batch() {
        empty = false;
        return batch;
    }

    /** As {@link #batch()}, for something of this organisation: of several in one batch the strictest has its way. */
    Batch batch(Realm realm) {
        durability = realm.durability() == Durability.FORCED ? Durability.FORCED : durability;
        return batch();
    }

    Durability durability() {
        return durability;
    }

    boolean isEmpty() {
        return empty && tickets.isEmpty();
    }

    void message(Publication publication) {
        byte[] content = publication.stored();
        bytes += content.length;
        batch().message(publication.number, content);
    }

    void enqueue(Entry entry) {
        batch(entry.session().realm());
        entries.add(entry);
        entry.session().waits(1, entry.publication().bytes()); // from here on, so that one turn can't pass the bounds
        promises = true;
    }

    /** Takes the oldest message to a session out again, and answers whether there was one. */
    boolean drop(Session session) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).session() == session) {
                waitsNoMore(entries.remove(i));
                return true;
            }
        }
        return false;
    }

    void await(Ticket ticket) {
        tickets.add(ticket);
        promises = true;
    }

    /** To be done on the lane once the batch is taken, before anything of it is told. */
    void whenTaken(Runnable step) {
        taken.add(step);
    }

    /** To be done on the lane instead, should the store not take it. */
    void ifRefused(Runnable step) {
        ifRefused.add(step);
    }

    /** To be done on the lane once it is known what became of the batch. */
    void whenDone(Runnable step) {
        done.add(step);
    }

    long bytes() {
        return bytes;
    }

    /** Answers the entries whose session was gone already. */
    List<Entry> store(MessageStore store, Durability durability, Runnable whenSettled) throws StoreException {
        settled = whenSettled;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            batch.enqueue(
                    entry.session().number(),
                    entry.publication().number,
                    entry.manner().stored());
        }
        // Nobody waits for what only removes: the next force of anybody takes it along.
        boolean tells = promises || bytes > 0;
        places = store.commit(batch, promises ? durability : Durability.WRITTEN, tells ? this : Receipt.NONE);
        taken.forEach(Runnable::run);
        if (!tells) {
            whenSettled.run();
            done.forEach(Runnable::run);
        }
        List<Entry> homeless = new ArrayList<>(0);
        for (int i = 0; i < entries.size(); i++) {
            if (places[i] < 0) {
                waitsNoMore(entries.get(i));
                homeless.add(entries.get(i));
            }
        }
        return homeless;
    }

    /** May be told before {@link #store} has returned; the lane is free only after that. */
    @Override
    public void stored() {
        lane.post(this::follow);
    }

    private void follow() {
        if (settled != null) {
            settled.run();
        }
        tickets.forEach(Ticket::keep);
        done.forEach(Runnable::run);
        for (int i = 0; i < entries.size(); i++) {
            if (places[i] >= 0 && !entries.get(i).session().hadEndedAt(places[i])) {
                arrive(entries.get(i), places[i]);
            } else if (places[i] >= 0) {
                lane.desk().isHomeless(entries.get(i));
            }
        }
    }

    private void arrive(Entry entry, long place) {
        Session session = entry.session();
        session.readyTo(place + 1);
        Connection connection = session.connection();
        if (connection == null) {
            return;
        }
        if (connection.lane() == lane) {
            connection.outflow().arrives(place, entry.publication(), entry.manner());
        } else {
            connection.lane().post(() -> connection.outflow().arrives(place, entry.publication(), entry.manner()));
        }
    }

    private static void waitsNoMore(Entry entry) {
        entry.session().gone(1, entry.publication().bytes());
    }

    /** Closed before it was stored: nobody is told anything, so that publishers send it again. */
    @Override
    public void failed(StoreException why) {
        // the broker is stopping
    }

    /** The store did not take it. */
    void refused(StoreException why) {
        entries.forEach(Commit::waitsNoMore);
        tickets.forEach(ticket -> ticket.refuse(why));
        ifRefused.forEach(Runnable::run);
        done.forEach(Runnable::run);
    }
}
