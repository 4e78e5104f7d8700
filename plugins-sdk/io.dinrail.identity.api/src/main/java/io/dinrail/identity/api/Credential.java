package io.dinrail.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A credential without its secrets.
 *
 * @param principal whose.
 * @param displayName for people; empty if none.
 * @param ruleSet its rule set.
 * @param clientIds the MQTT client ids it may use: exact ones, or a prefix followed by {@code *}.
 * @param state whether it works.
 * @param createdAt when it was issued, in UTC.
 * @param expiresAt when it ends, in UTC.
 * @param lastUsedAt when it last logged in, in UTC, within a minute.
 * @param secrets how many secrets are valid now: none for who uses certificates only, two during a rotation.
 */
public record Credential(
        Principal principal,
        String displayName,
        String ruleSet,
        List<String> clientIds,
        State state,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        int secrets) {
    /** Whether a credential works. */
    public enum State {
        ACTIVE,
        DISABLED,
        EXPIRED
    }

    public Credential {
        clientIds = List.copyOf(clientIds);
    }

    /** @return the login name. */
    public String name() {
        return principal.login();
    }
}
