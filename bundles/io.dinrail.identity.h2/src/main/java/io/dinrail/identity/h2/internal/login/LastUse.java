package io.dinrail.identity.h2.internal.login;

import java.time.Instant;
import java.util.Optional;

/** When somebody last logged in; shared by all versions of a credential. */
final class LastUse {
    private volatile Instant at;

    LastUse(Optional<Instant> at) {
        this.at = at.orElse(Instant.MIN);
    }

    void mark(Instant now) {
        at = now;
    }

    Optional<Instant> at() {
        Instant known = at;
        return known.equals(Instant.MIN) ? Optional.empty() : Optional.of(known);
    }
}
