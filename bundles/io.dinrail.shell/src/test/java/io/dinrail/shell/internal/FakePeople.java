package io.dinrail.shell.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import io.dinrail.identity.api.Role;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class FakePeople implements People {
    final Map<String, Person> people = new TreeMap<>();
    final List<String> passwords = new ArrayList<>();

    @Override
    public Person add(Actor by, String name, String displayName, Role role) {
        return put(name, displayName, role, false, false, List.of());
    }

    @Override
    public void role(Actor by, String name, Role role) throws IdentityException {
        Person person = known(name);
        put(name, person.displayName(), role, person.disabled(), person.hasPassword(), person.sshKeys());
    }

    @Override
    public void disable(Actor by, String name, boolean disabled) throws IdentityException {
        Person person = known(name);
        put(name, person.displayName(), person.role(), disabled, person.hasPassword(), person.sshKeys());
    }

    @Override
    public void password(Actor by, String name, String password) throws IdentityException {
        Person person = known(name);
        passwords.add(password);
        put(name, person.displayName(), person.role(), person.disabled(), true, person.sshKeys());
    }

    @Override
    public void addKey(Actor by, String name, String openSshKey) throws IdentityException {
        if (!openSshKey.startsWith("ssh-")) {
            throw new IdentityException(IdentityException.Reason.REFUSED, "that is no ssh key");
        }
        Person person = known(name);
        put(name, person.displayName(), person.role(), person.disabled(), person.hasPassword(), List.of(openSshKey));
    }

    @Override
    public void removeKey(Actor by, String name, String openSshKey) throws IdentityException {
        Person person = known(name);
        put(name, person.displayName(), person.role(), person.disabled(), person.hasPassword(), List.of());
    }

    @Override
    public void remove(Actor by, String name) throws IdentityException {
        known(name);
        people.remove(name);
    }

    @Override
    public List<Person> list() {
        return List.copyOf(people.values());
    }

    @Override
    public Optional<Person> byKey(String name, PublicKey key) {
        return Optional.empty();
    }

    private Person put(
            String name, String displayName, Role role, boolean disabled, boolean password, List<String> keys) {
        Person person =
                new Person(name, displayName, role, disabled, password, keys, FakeIdentity.NOON, Optional.empty());
        people.put(name, person);
        return person;
    }

    private Person known(String name) throws IdentityException {
        return Optional.ofNullable(people.get(name))
                .orElseThrow(() ->
                        new IdentityException(IdentityException.Reason.UNKNOWN, "person '" + name + "' is unknown"));
    }
}
