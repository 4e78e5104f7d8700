package io.dinrail.identity.h2.internal.keys;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.login.SteadyClock;
import io.dinrail.identity.h2.internal.secrets.SecretsException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When keys were last used, to the minute; written now and then. */
final class KeyUses {
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

    private final Map<String, Instant> latest = new ConcurrentHashMap<>();
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();
    private Instant said = Instant.MIN;
    private final KeyTable table;
    private final SteadyClock clock;

    KeyUses(KeyTable table, SteadyClock clock) {
        this.table = table;
        this.clock = clock;
    }

    void note(Proof proof) {
        if (proof instanceof Proof.Proven proven) {
            String id = proven.ruleSet().substring("key ".length());
            Instant now = clock.instant().truncatedTo(MILLIS);
            Instant before = latest.get(id);
            if (before == null || before.plus(PAUSE).isBefore(now)) {
                latest.put(id, now);
                unwritten.put(id, now);
            }
        }
    }

    void forget(String id) {
        latest.remove(id);
        unwritten.remove(id);
    }

    ApiKey withUse(LiveKey key) {
        return key.used(Optional.ofNullable(latest.get(key.key().id())));
    }

    void write() {
        Map<String, Instant> batch = Map.copyOf(unwritten);
        if (batch.isEmpty()) {
            return;
        }
        try {
            table.used(batch);
            batch.forEach(unwritten::remove);
        } catch (SQLException e) {
            LOG.debug("the last use of keys is written later: {}", Refusals.sentence(e));
        }
    }

    /** Says at most once a minute that tokens can't be checked. */
    synchronized void locked(SecretsException cause) {
        Instant now = clock.instant();
        if (said.isBefore(now.minus(PAUSE))) {
            said = now;
            LOG.error("tokens signed with keys can't be checked: {}", cause.getMessage());
        }
    }
}
