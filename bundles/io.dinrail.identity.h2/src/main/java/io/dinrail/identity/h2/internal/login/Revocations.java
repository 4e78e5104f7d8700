package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** When names were revoked last: a token that was signed before outlives the credential otherwise. Kept for as long as a token may live; safe for use by many threads. */
final class Revocations {
    private static final Duration LONGEST_TOKEN =
            Duration.ofDays(31); // a day more than the longest, for clocks that differ
    private static final int PRUNED_EVERY = 1_000;
    private static final String RECENT =
            "select organisation, name, max(revoked_at) from credential where revoked_at > ? group by organisation, name";

    private final Map<LoginName, Instant> last = new ConcurrentHashMap<>();
    private int added;

    private Revocations() {}

    static Revocations load(DataSource store, Instant now) throws SQLException {
        Revocations revocations = new Revocations();
        Transaction.run(store, connection -> {
            try (PreparedStatement select = connection.prepareStatement(RECENT)) {
                select.setObject(1, now.minus(LONGEST_TOKEN));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        revocations.last.put(
                                new LoginName(row.getString(1), row.getString(2)), row.getObject(3, Instant.class));
                    }
                }
            }
        });
        return revocations;
    }

    synchronized void add(LoginName login, Instant at) {
        last.put(login, at);
        if (++added % PRUNED_EVERY == 0) {
            last.values().removeIf(before -> before.isBefore(at.minus(LONGEST_TOKEN)));
        }
    }

    Optional<Instant> last(LoginName login) {
        return Optional.ofNullable(last.get(login));
    }
}
