package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A credential or person in force; immutable but for its last use.
 *
 * @param id its row's.
 * @param login its name.
 * @param terms what can be changed.
 * @param createdAt since when.
 * @param secrets what it logs in with.
 * @param keys a person's ssh keys.
 * @param lastUse when it last logged in.
 * @param fault what is damaged, so that it is denied everything; empty if nothing is.
 */
record KnownCredential(
        long id,
        LoginName login,
        Terms terms,
        Instant createdAt,
        List<StoredSecret> secrets,
        List<SshKey> keys,
        LastUse lastUse,
        String fault) {
    KnownCredential {
        secrets = List.copyOf(secrets);
        keys = List.copyOf(keys);
    }

    static KnownCredential fresh(LoginName login, Terms terms, Instant at, List<StoredSecret> secrets) {
        return new KnownCredential(0, login, terms, at, secrets, List.of(), new LastUse(Optional.empty()), "");
    }

    Principal principal() {
        return new Principal(terms.kind(), login.organisation(), login.name());
    }

    boolean isPerson() {
        return terms.kind() == Principal.Kind.PERSON;
    }

    /** @return what keeps it out now, in a word; empty if nothing does. */
    String barred(Instant now) {
        if (!fault.isEmpty()) {
            return "damaged";
        }
        if (terms.disabled()) {
            return "disabled";
        }
        return terms.expiresAt().filter(end -> !now.isBefore(end)).isPresent() ? "expired" : "";
    }

    List<StoredSecret> validSecrets(Instant now) {
        return secrets.stream().filter(secret -> secret.isValid(now)).toList();
    }

    Credential shown(Instant now) {
        Credential.State state = switch (barred(now)) {
            case "" -> Credential.State.ACTIVE;
            case "expired" -> Credential.State.EXPIRED;
            default -> Credential.State.DISABLED;
        };
        return new Credential(
                principal(),
                terms.displayName(),
                terms.ruleSet(),
                terms.clientIds(),
                state,
                createdAt,
                terms.expiresAt(),
                lastUse.at(),
                validSecrets(now).size());
    }

    KnownCredential with(long newId) {
        return new KnownCredential(newId, login, terms, createdAt, secrets, keys, lastUse, fault);
    }

    KnownCredential with(Terms next) {
        return new KnownCredential(id, login, next, createdAt, secrets, keys, lastUse, fault);
    }

    KnownCredential withSecrets(List<StoredSecret> next) {
        return new KnownCredential(id, login, terms, createdAt, next, keys, lastUse, fault);
    }

    KnownCredential withKeys(List<SshKey> next) {
        return new KnownCredential(id, login, terms, createdAt, secrets, next, lastUse, fault);
    }
}
