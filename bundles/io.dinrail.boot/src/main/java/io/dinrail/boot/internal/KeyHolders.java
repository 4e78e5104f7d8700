package io.dinrail.boot.internal;

import io.dinrail.identity.api.People;
import io.dinrail.identity.api.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who holds a key: the owner by the list in the secrets folder, everybody else as identity says. */
final class KeyHolders {
    private static final Logger LOG = LoggerFactory.getLogger(KeyHolders.class);

    private final Path authorized;
    private volatile Optional<People> people = Optional.empty();

    KeyHolders(Path authorized) {
        this.authorized = authorized;
    }

    void people(Optional<People> known) {
        people = known;
    }

    void forget(People gone) {
        people = people.filter(held -> held != gone);
    }

    Optional<Visitor> find(String name, PublicKey key) {
        if (name.equals(Visitor.OWNER)) {
            return isOwners(key) ? Optional.of(Visitor.THE_OWNER) : Optional.empty();
        }
        return people.flatMap(known -> known.byKey(name, key)).map(person -> new Visitor(name, person.role()));
    }

    /** @return whether somebody who came in with that key would still be let in, with that role; true while nobody can tell. */
    boolean stillHolds(Visitor visitor, PublicKey key) {
        // Not by asking for the key again, which would count as another login.
        return visitor.name().equals(Visitor.OWNER)
                || people.map(known -> known.list().stream().anyMatch(person -> holds(person, visitor, key)))
                        .orElse(true);
    }

    private static boolean holds(Person person, Visitor visitor, PublicKey key) {
        return person.name().equals(visitor.name())
                && person.role() == visitor.role()
                && !person.disabled()
                && person.sshKeys().stream().anyMatch(text -> KeyFiles.isKey(text, key));
    }

    /** Reads the list every time, so that a key put on or taken off counts at the next login. */
    private boolean isOwners(PublicKey key) {
        try {
            return Files.exists(authorized) && KeyFiles.contains(authorized, key);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn(
                    "The owner can't log in over ssh: {} can't be read ({}); correct the file.",
                    authorized,
                    e.getMessage());
            return false;
        }
    }
}
