package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A credential of a device, gateway or backend changed. Never carries a secret.
 *
 * @param kind what happened.
 * @param name the login name: the bare name in the default organisation, {@code name@organisation} elsewhere.
 * @param ruleSet its rule set.
 * @param at when.
 */
public record CredentialChanged(Kind kind, String name, String ruleSet, Instant at) implements BusEvent {
    /** What happened. */
    public enum Kind {
        ISSUED,
        /** It has another secret, end or rule set. */
        CHANGED,
        DISABLED,
        ENABLED,
        /** It is gone for good, with all that waits for it. */
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
