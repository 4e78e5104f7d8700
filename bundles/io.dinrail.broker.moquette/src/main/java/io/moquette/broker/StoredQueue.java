package io.moquette.broker;

import io.moquette.broker.SessionRegistry.EnqueuedMessage;
import io.moquette.broker.SessionRegistry.PublishedMessage;
import java.util.function.BooleanSupplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * What waits for one kept session, oldest first, in a map of its own: any state that a crash leaves behind is a valid queue. Used by the session's own loop
 * only.
 */
final class StoredQueue implements SessionMessageQueue<EnqueuedMessage> {
    private final MVStore store;
    private final MVMap<Long, byte[]> messages;
    private final int longest;
    private final Runnable overflow;
    private final BooleanSupplier stopping;

    StoredQueue(MVStore store, MVMap<Long, byte[]> messages, int longest, Runnable overflow, BooleanSupplier stopping) {
        this.store = store;
        this.messages = messages;
        this.longest = longest;
        this.overflow = overflow;
        this.stopping = stopping;
    }

    @Override
    public void enqueue(EnqueuedMessage message) {
        PublishedMessage published = (PublishedMessage) message; // the engine queues nothing else
        try {
            if (longest > 0 && messages.sizeAsLong() >= longest) {
                messages.remove(messages.firstKey());
                overflow.run();
            }
            Long last = messages.lastKey();
            messages.put(last == null ? 1L : last + 1, MessageBytes.write(published));
        } finally {
            published.release(); // the session retained it for the queue
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the engine's contract: null if the queue is empty
    public EnqueuedMessage dequeue() {
        Long first = messages.firstKey();
        return first == null ? null : MessageBytes.read(messages.remove(first));
    }

    @Override
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The engine also calls this for every session when it stops; then nothing is purged. */
    @Override
    public void closeAndPurge() {
        if (!stopping.getAsBoolean()) {
            store.removeMap(messages);
        }
    }
}
