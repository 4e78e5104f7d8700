package io.dinrail.identity.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An API key without its secret.
 *
 * @param id {@code sk_id_…} of a secret key, {@code pk_live_…} of a publishable one.
 * @param organisation whose.
 * @param name for people.
 * @param patterns the channels it may use; {@code *} stands for anything within a level, {@code **} for anything.
 * @param actions what it may do there.
 * @param allowedOrigins of a publishable key, the web origins that may use it; empty for any.
 * @param disabled whether it is kept out.
 * @param createdAt when, in UTC.
 * @param lastUsedAt when it was last used, in UTC, within a minute.
 * @param warnings what may not be meant, one sentence each.
 */
public record ApiKey(
        String id,
        String organisation,
        String name,
        List<String> patterns,
        Set<Permission> actions,
        List<String> allowedOrigins,
        boolean disabled,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        List<String> warnings) {
    /** What a key or token may do on its channels. */
    public enum Permission {
        PUBLISH,
        SUBSCRIBE,
        PRESENCE,
        SEND,
        /** Publish where commands are sent, which {@link #PUBLISH} does not include. */
        COMMAND
    }

    public ApiKey {
        patterns = List.copyOf(patterns);
        actions = Set.copyOf(actions);
        allowedOrigins = List.copyOf(allowedOrigins);
        warnings = List.copyOf(warnings);
    }

    /** @return whether it can sign tokens. */
    public boolean isSecret() {
        return id.startsWith("sk_");
    }
}
