package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A credential was issued or revoked. Never carries a secret.
 *
 * @param kind what happened.
 * @param name the login name.
 * @param ruleSet its rule set.
 * @param at when.
 */
public record CredentialChanged(Kind kind, String name, String ruleSet, Instant at) implements BusEvent {
    /** What happened. */
    public enum Kind {
        ISSUED,
        REVOKED
    }

    public CredentialChanged {
        requireNonNull(name);
        requireNonNull(ruleSet);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.CREDENTIAL + kind;
    }
}
