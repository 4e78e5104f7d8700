package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.h2.internal.rules.ChannelPattern;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key as it is in force; changed by putting another in its place. */
record LiveKey(ApiKey key, List<ChannelPattern> patterns, List<SigningSecret> secrets) {
    LiveKey {
        patterns = List.copyOf(patterns);
        secrets = List.copyOf(secrets);
    }

    boolean covers(ChannelPattern wanted) {
        return patterns.stream().anyMatch(pattern -> pattern.covers(wanted));
    }

    boolean isIn(String organisation) {
        return key.organisation().equals(organisation);
    }

    Optional<SigningSecret> current() {
        return secrets.stream().filter(SigningSecret::isCurrent).findFirst();
    }

    /** Looks at every valid secret, also behind the one that fits; one that can't be opened is in no other's way. */
    Optional<SigningSecret> signerOf(Jwt token, Vault vault, Instant now) throws SecretsException {
        Optional<SigningSecret> found = Optional.empty();
        Optional<SecretsException> trouble = Optional.empty();
        for (SigningSecret secret : secrets) {
            try {
                if (secret.isValid(now) && secret.signed(token, vault)) {
                    found = Optional.of(secret);
                }
            } catch (SecretsException e) {
                trouble = Optional.of(e);
            }
        }
        if (found.isEmpty() && trouble.isPresent()) {
            throw trouble.get();
        }
        return found;
    }

    LiveKey disabled(boolean disabled) {
        return new LiveKey(
                new ApiKey(
                        key.id(),
                        key.organisation(),
                        key.name(),
                        key.patterns(),
                        key.actions(),
                        key.allowedOrigins(),
                        disabled,
                        key.createdAt(),
                        key.lastUsedAt(),
                        key.warnings()),
                patterns,
                secrets);
    }

    ApiKey used(Optional<Instant> at) {
        return new ApiKey(
                key.id(),
                key.organisation(),
                key.name(),
                key.patterns(),
                key.actions(),
                key.allowedOrigins(),
                key.disabled(),
                key.createdAt(),
                at.or(key::lastUsedAt),
                key.warnings());
    }

    /** The secret in force until now goes on until the end given; what was on its way out already is out. */
    LiveKey rotated(SigningSecret fresh, Instant end) {
        List<SigningSecret> both = new ArrayList<>(List.of(fresh));
        current().map(old -> old.until(end)).ifPresent(both::add);
        return new LiveKey(key, patterns, both);
    }
}
