package io.moquette.broker;

import io.moquette.broker.SessionRegistry.EnqueuedMessage;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.mvstore.MVStore;

/**
 * The queues of kept sessions. Takes the place of the engine's two: the segmented one remembers a single queue over a restart, the other purges all of them
 * when it stops and doesn't start again after a crash.
 */
final class StoredQueues implements IQueueRepository {
    private static final String PREFIX = "queue/";

    private final MVStore store;
    private final int longest;
    private final Runnable overflow;
    private volatile boolean stopping;

    StoredQueues(MVStore store, int longest, Runnable overflow) {
        this.store = store;
        this.longest = longest;
        this.overflow = overflow;
    }

    @Override
    public Set<String> listQueueNames() {
        return store.getMapNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean containsQueue(String clientId) {
        return store.hasMap(PREFIX + clientId);
    }

    @Override
    public SessionMessageQueue<EnqueuedMessage> getOrCreateQueue(String clientId) {
        return new StoredQueue(store, store.openMap(PREFIX + clientId), longest, overflow, () -> stopping);
    }

    void remove(String clientId) {
        store.removeMap(PREFIX + clientId);
    }

    @Override
    public void close() {
        stopping = true;
    }
}
