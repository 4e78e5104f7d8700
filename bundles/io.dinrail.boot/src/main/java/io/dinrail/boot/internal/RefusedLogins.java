package io.dinrail.boot.internal;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Audit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells the audit log of logins that were refused, at most one in ten seconds with the number of those in between. */
final class RefusedLogins {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST = 200;

    private final Clock clock;
    private volatile Optional<Audit> audit = Optional.empty();
    private Instant next = Instant.MIN;
    private long untold;

    RefusedLogins(Clock clock) {
        this.clock = clock;
    }

    void audit(Optional<Audit> known) {
        audit = known;
    }

    void forget(Audit gone) {
        audit = audit.filter(held -> held != gone);
    }

    synchronized void add(String name, String address) {
        untold++;
        Instant now = clock.instant();
        Optional<Audit> log = audit;
        if (log.isEmpty() || now.isBefore(next)) {
            return;
        }
        log.get()
                .record(
                        new Actor("", "ssh " + address),
                        "login.refused",
                        name.length() > LONGEST ? name.substring(0, LONGEST) : name,
                        untold == 1 ? "no key of that person" : "the last of " + untold + " since the one before");
        next = now.plus(PAUSE);
        untold = 0;
    }
}
