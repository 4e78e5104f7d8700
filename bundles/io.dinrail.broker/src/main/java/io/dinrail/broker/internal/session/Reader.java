package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.store.Batch;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.MessageStore;
import io.dinrail.broker.internal.store.Receipt;
import io.dinrail.broker.internal.store.StoreException;
import io.dinrail.broker.internal.store.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the store for lanes, which may not wait for a disk; each connection has at most one read under way. */
final class Reader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    /** An entry of a queue with its message. */
    record Item(long place, Publication publication, Manner manner, long mark) {}

    /** Is told on the reader's thread. */
    @FunctionalInterface
    interface Receiver {
        /** @param to where to go on: everything below has been read. */
        void read(List<Item> items, long to);
    }

    private final MessageStore store;
    private final Ledger ledger;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread named = new Thread(task, "dinrail-broker-reader");
        named.setDaemon(true);
        return named;
    });

    Reader(MessageStore store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** Reads entries from one place on and below another, so many at most, and no more when they have so many bytes. */
    void load(Session session, long from, long to, int most, int bytes, Receiver receiver) {
        try {
            thread.execute(() -> page(session, from, to, most, bytes, false, receiver));
        } catch (RejectedExecutionException e) {
            LOG.debug("the broker is stopping", e);
        }
    }

    /** Reads every entry below a place that a shared subscription brought. */
    void loadShared(Session session, long to, Receiver receiver) {
        try {
            thread.execute(() -> page(session, 0, to, Integer.MAX_VALUE, Long.MAX_VALUE, true, receiver));
        } catch (RejectedExecutionException e) {
            LOG.debug("the broker is stopping", e);
        }
    }

    private void page(
            Session session, long from, long to, int most, long bytes, boolean sharedOnly, Receiver receiver) {
        List<Item> items = new ArrayList<>();
        long next = to;
        try {
            List<MessageStore.Entry> entries = store.queue(session.number(), from, most);
            long left = bytes;
            for (int i = 0; i < entries.size() && left > 0 && entries.get(i).order() < to; i++) {
                Optional<Item> item = item(session, entries.get(i), sharedOnly);
                item.ifPresent(items::add);
                left -= item.map(found -> found.publication().bytes()).orElse(0);
                boolean isLast = left <= 0 || i == most - 1;
                next = isLast ? entries.get(i).order() + 1 : to;
            }
        } finally {
            receiver.read(items, next);
        }
    }

    private Optional<Item> item(Session session, MessageStore.Entry entry, boolean sharedOnly) {
        Manner manner = Manner.restored(entry.options());
        if (sharedOnly && manner.share().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> content = store.read(entry.message());
            return content.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Item(
                            entry.order(), Publication.restored(content.get(), entry.message()), manner, entry.mark()));
        } catch (StoreException e) {
            if (e.reason() == Reason.DAMAGED) {
                drop(session, entry.order(), e);
            } else {
                LOG.debug("message {} can't be read", entry.message(), e);
            }
        } catch (MalformedPacket | RuntimeException e) {
            drop(session, entry.order(), e);
        }
        return Optional.empty();
    }

    private void drop(Session session, long place, Exception why) {
        ledger.count(
                "message.damaged",
                session.realm().shown(session.clientId()),
                "a message that waited for it can't be read from the disk any more: it is lost",
                why);
        session.gone(1, 0);
        try {
            store.commit(new Batch().remove(session.number(), place), Durability.WRITTEN, Receipt.NONE);
        } catch (StoreException e) {
            LOG.debug("it will be found damaged again", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
