package io.moquette.broker;

import static java.util.stream.Collectors.toSet;

import io.moquette.broker.subscriptions.SharedSubscription;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.persistence.Repositories;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** All that the engine keeps, in one file that is committed every second: after a crash it is as it was at most a second before. */
final class SessionStore {
    private final MVStore store;
    private final MVMap<String, String> owners;
    /** By client id, when its owner's credential was issued: one of the same name may come after it. */
    private final MVMap<String, Long> issued;

    final ISessionsRepository sessions;
    final ISubscriptionsRepository subscriptions;
    final StoredRetained retained;
    final StoredQueues queues;

    /** @throws RuntimeException if the file is damaged or another process has it; MVStoreException says which. */
    SessionStore(Path file, int longestQueue, Trouble trouble) {
        store = new MVStore.Builder()
                .fileName(file.toString())
                .backgroundExceptionHandler((thread, cause) -> trouble.storeFailed(cause))
                .open();
        try {
            sessions = Repositories.sessions(store);
            subscriptions = Repositories.subscriptions(store);
            retained = new StoredRetained(store);
            queues = new StoredQueues(store, longestQueue, trouble::overflow);
            owners = store.openMap("owners");
            issued = store.openMap("issued");
            tidy();
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /**
     * A crash leaves sessions behind that end with their connection, kept ones without an end or a queue, and subscriptions of neither. A session that is
     * nobody's might be anybody's, so it goes too.
     */
    private void tidy() {
        for (ISessionsRepository.SessionData session : List.copyOf(sessions.list())) {
            if (session.expiryInterval() == 0 || !owners.containsKey(session.clientId())) {
                sessions.delete(session);
                queues.remove(session.clientId());
            } else {
                sessions.saveSession(session.withExpirationComputed());
                queues.getOrCreateQueue(session.clientId());
            }
        }
        Set<String> kept = sessions.list().stream()
                .map(ISessionsRepository.SessionData::clientId)
                .collect(toSet());
        for (Subscription subscription : subscriptions.listAllSubscriptions()) {
            if (!kept.contains(subscription.getClientId())) {
                subscriptions.removeSubscription(subscription.getTopicFilter().toString(), subscription.getClientId());
            }
        }
        List.copyOf(subscriptions.listAllSharedSubscription()).stream()
                .map(SharedSubscription::clientId)
                .filter(client -> !kept.contains(client))
                .distinct()
                .forEach(subscriptions::removeAllSharedSubscriptions);
        queues.listQueueNames().stream().filter(name -> !kept.contains(name)).forEach(queues::remove);
        List.copyOf(owners.keySet()).stream()
                .filter(client -> !kept.contains(client))
                .forEach(this::disown);
    }

    /** @return the login name that a session belongs to; empty if none is known. */
    Optional<String> owner(String clientId) {
        return Optional.ofNullable(owners.get(clientId));
    }

    /** @return when the credential behind a session was issued, in milliseconds; 0 if it isn't known. */
    long issued(String clientId) {
        return Optional.ofNullable(issued.get(clientId)).orElse(0L);
    }

    void own(String clientId, String owner, long issuedAt) {
        if (!owner.equals(owners.get(clientId))) {
            owners.put(clientId, owner);
        }
        if (issuedAt != issued(clientId)) {
            issued.put(clientId, issuedAt);
        }
    }

    void disown(String clientId) {
        owners.remove(clientId);
        issued.remove(clientId);
    }

    /** @return the client ids of all sessions that belong to a login name. */
    List<String> ownedBy(String username) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(username))
                .map(Map.Entry::getKey)
                .toList();
    }

    void close() {
        store.close();
    }
}
