package io.dinrail.broker.moquette.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The clients that are connected, by organisation and client id; safe for use by many threads. */
final class Clients {
    private record Key(String organisation, String id) {
        static Key of(Client client) {
            return new Key(client.organisation(), client.id());
        }
    }

    private final Map<Key, Client> byKey = new HashMap<>();
    private final Map<String, Set<Client>> byLogin = new HashMap<>();

    /**
     * What came of a client that wants in.
     *
     * @param admitted false if somebody else holds its client id.
     * @param replaced who must leave for it.
     */
    record Admission(boolean admitted, Optional<Client> replaced) {}

    synchronized Admission admit(Client client) {
        Optional<Client> holder = find(client.organisation(), client.id());
        if (holder.filter(other -> !other.owner().equals(client.owner())).isPresent()) {
            return new Admission(false, Optional.empty());
        }
        byKey.put(Key.of(client), client);
        byLogin.computeIfAbsent(client.principal().login(), login -> new HashSet<>())
                .add(client);
        return new Admission(true, holder);
    }

    synchronized void remove(Client client) {
        byKey.remove(Key.of(client), client);
        byLogin.computeIfPresent(client.principal().login(), (login, clients) -> {
            clients.remove(client);
            return clients.isEmpty() ? null : clients;
        });
    }

    synchronized Optional<Client> find(String organisation, String id) {
        return Optional.ofNullable(byKey.get(new Key(organisation, id)));
    }

    /** @return the client with that id as people see it. */
    Optional<Client> shown(String id) {
        return all().stream().filter(client -> client.shownId().equals(id)).findAny();
    }

    /** @return the clients of a login name. */
    synchronized List<Client> of(String login) {
        return List.copyOf(byLogin.getOrDefault(login, Set.of()));
    }

    /** @return whether a login name has a client left. */
    synchronized boolean any(String login) {
        return byLogin.containsKey(login);
    }

    synchronized List<Client> all() {
        return List.copyOf(byKey.values());
    }

    synchronized int count() {
        return byKey.size();
    }
}
