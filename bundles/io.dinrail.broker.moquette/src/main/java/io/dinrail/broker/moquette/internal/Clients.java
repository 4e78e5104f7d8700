package io.dinrail.broker.moquette.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clients that are connected, by client id; safe for use by many threads. */
final class Clients {
    private final Map<String, Client> byId = new HashMap<>();

    /**
     * What came of a client that wants in.
     *
     * @param admitted false if another login name holds its client id.
     * @param replaced who must leave for it.
     */
    record Admission(boolean admitted, Optional<Client> replaced) {}

    synchronized Admission admit(Client client) {
        Optional<Client> holder = find(client.id());
        if (holder.filter(other -> !sameName(other, client)).isPresent()) {
            return new Admission(false, Optional.empty());
        }
        byId.put(client.id(), client);
        return new Admission(true, holder);
    }

    synchronized void remove(Client client) {
        byId.remove(client.id(), client);
    }

    synchronized Optional<Client> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    synchronized List<Client> of(String username) {
        return byId.values().stream()
                .filter(client -> client.principal().name().equals(username))
                .toList();
    }

    synchronized List<Client> all() {
        return List.copyOf(byId.values());
    }

    synchronized int count() {
        return byId.size();
    }

    private static boolean sameName(Client one, Client other) {
        return one.principal().name().equals(other.principal().name());
    }
}
