package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.Refusal.refused;

import io.dinrail.identity.api.IdentityException;
import java.security.PublicKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ssh keys of people: each is one person's. To be called with the roster held. */
final class PeoplesKeys {
    private static final int MOST = 32;

    private final Roster roster;
    private final CredentialTable table;

    PeoplesKeys(Roster roster, CredentialTable table) {
        this.roster = roster;
        this.table = table;
    }

    SshKey parse(String line) throws IdentityException {
        try {
            return SshKey.parse(line);
        } catch (IllegalArgumentException e) {
            throw refused("the ssh key is refused: " + e.getMessage());
        }
    }

    KnownCredential add(KnownCredential person, SshKey key) throws IdentityException {
        if (roster.all().anyMatch(each -> has(each, key.fingerprint()))) {
            throw new IdentityException(
                    IdentityException.Reason.TAKEN, "that key is somebody's already: make one for each person");
        }
        if (person.keys().size() >= MOST) {
            throw refused("nobody has more than " + MOST + " keys: take one away first");
        }
        try {
            table.addKey(person, key, roster.stamp());
        } catch (SQLException e) {
            throw Refusal.unstored("the key was not added", e);
        }
        return put(person.withKeys(
                Stream.concat(person.keys().stream(), Stream.of(key)).toList()));
    }

    /** @param asked a key's line or its fingerprint. */
    SshKey find(KnownCredential person, String asked) throws IdentityException {
        String text = asked.strip();
        String fingerprint = text.startsWith("SHA256:") ? text : parse(text).fingerprint();
        return person.keys().stream()
                .filter(key -> key.fingerprint().equals(fingerprint))
                .findFirst()
                .orElseThrow(() -> new IdentityException(
                        IdentityException.Reason.UNKNOWN,
                        person.login().name() + " has no such key: look at the list"));
    }

    KnownCredential remove(KnownCredential person, SshKey key) throws IdentityException {
        try {
            table.removeKey(key);
        } catch (SQLException e) {
            throw Refusal.unstored("the key was not taken away and still opens", e);
        }
        List<SshKey> left =
                person.keys().stream().filter(each -> !each.equals(key)).toList();
        return put(person.withKeys(left));
    }

    boolean has(KnownCredential person, PublicKey key) {
        Optional<String> fingerprint = SshKey.fingerprint(key);
        return fingerprint.isPresent() && has(person, fingerprint.get());
    }

    private static boolean has(KnownCredential person, String fingerprint) {
        return person.keys().stream().anyMatch(key -> key.fingerprint().equals(fingerprint));
    }

    private KnownCredential put(KnownCredential next) {
        roster.put(next);
        return next;
    }
}
