package io.dinrail.boot.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Role;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** People with one key each. */
final class FakePeople implements People {
    private record Known(PublicKey key, Role role) {}

    private final Map<String, Known> people = new ConcurrentHashMap<>();

    void put(String name, PublicKey key, Role role) {
        people.put(name, new Known(key, role));
    }

    @Override
    public Optional<Person> byKey(String name, PublicKey key) {
        return Optional.ofNullable(people.get(name))
                .filter(known -> known.key().equals(key))
                .map(known -> person(name, known));
    }

    @Override
    public void remove(Actor by, String name) {
        people.remove(name);
    }

    @Override
    public List<Person> list() {
        return people.entrySet().stream()
                .map(entry -> person(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Person add(Actor by, String name, String displayName, Role role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void role(Actor by, String name, Role role) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disable(Actor by, String name, boolean disabled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void password(Actor by, String name, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addKey(Actor by, String name, String openSshKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeKey(Actor by, String name, String openSshKey) {
        throw new UnsupportedOperationException();
    }

    private static Person person(String name, Known known) {
        return new Person(
                name,
                "",
                known.role(),
                false,
                false,
                List.of(PublicKeyEntry.toString(known.key())),
                Instant.EPOCH,
                Optional.empty());
    }
}
