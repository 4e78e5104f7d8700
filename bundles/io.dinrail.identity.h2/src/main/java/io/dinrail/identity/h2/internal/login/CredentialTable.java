package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes the rows of credentials and people; a revoked one stays as a record of what was, without its secrets and keys. */
final class CredentialTable {
    private static final String TERMS = "kind, display_name, rule_set, client_ids, role, disabled, expires_at";
    private static final int TERMS_COUNT = 7;

    private final DataSource store;

    CredentialTable(DataSource store) {
        this.store = store;
    }

    /** @return the same with the ids of their rows. */
    List<KnownCredential> insert(List<KnownCredential> fresh) throws SQLException {
        List<KnownCredential> stored = new ArrayList<>(fresh.size());
        Transaction.run(store, connection -> {
            stored.addAll(insertRows(connection, fresh));
            insertSecrets(connection, stored);
        });
        return stored;
    }

    void saveTerms(KnownCredential known) throws SQLException {
        Transaction.run(store, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update credential set (" + TERMS + ") = (?, ?, ?, ?, ?, ?, ?) where id = ?")) {
                setTerms(update, 1, known.terms());
                update.setLong(TERMS_COUNT + 1, known.id());
                update.executeUpdate();
            }
        });
    }

    void saveSecrets(KnownCredential known) throws SQLException {
        Transaction.run(store, connection -> {
            update(connection, "delete from credential_secret where credential = ?", known.id());
            insertSecrets(connection, List.of(known));
        });
    }

    void revoke(KnownCredential known, Instant at) throws SQLException {
        Transaction.run(store, connection -> {
            update(connection, "update credential set revoked_at = ? where id = ?", at, known.id());
            update(connection, "delete from credential_secret where credential = ?", known.id());
            update(connection, "delete from person_key where credential = ?", known.id());
        });
    }

    void addKey(KnownCredential known, SshKey key, Instant at) throws SQLException {
        Transaction.run(
                store,
                connection -> update(
                        connection,
                        "insert into person_key (credential, fingerprint, key_text, added_at) values (?, ?, ?, ?)",
                        known.id(),
                        key.fingerprint(),
                        key.text(),
                        at));
    }

    void removeKey(SshKey key) throws SQLException {
        Transaction.run(
                store,
                connection -> update(connection, "delete from person_key where fingerprint = ?", key.fingerprint()));
    }

    void used(Map<Long, Instant> uses) throws SQLException {
        Transaction.run(store, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update credential set last_used_at = ? where id = ?")) {
                for (Map.Entry<Long, Instant> use : uses.entrySet()) {
                    update.setObject(1, use.getValue());
                    update.setLong(2, use.getKey());
                    update.addBatch();
                }
                update.executeBatch();
            }
        });
    }

    private static List<KnownCredential> insertRows(Connection connection, List<KnownCredential> fresh)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into credential (" + TERMS + ", organisation, name, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            for (KnownCredential each : fresh) {
                setTerms(insert, 1, each.terms());
                insert.setString(TERMS_COUNT + 1, each.login().organisation());
                insert.setString(TERMS_COUNT + 2, each.login().name());
                insert.setObject(TERMS_COUNT + 3, each.createdAt());
                insert.addBatch();
            }
            insert.executeBatch();
            return withIds(fresh, insert);
        }
    }

    private static List<KnownCredential> withIds(List<KnownCredential> fresh, Statement insert) throws SQLException {
        List<KnownCredential> stored = new ArrayList<>(fresh.size());
        try (ResultSet keys = insert.getGeneratedKeys()) {
            for (KnownCredential each : fresh) {
                if (!keys.next()) {
                    throw new SQLException("the store gave no id for a row");
                }
                stored.add(each.with(keys.getLong("ID")));
            }
        }
        return stored;
    }

    private static void insertSecrets(Connection connection, List<KnownCredential> stored) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into credential_secret (credential, form, digest, created_at, valid_until) values (?, ?, ?, ?, ?)")) {
            for (KnownCredential each : stored) {
                for (StoredSecret secret : each.secrets()) {
                    insert.setLong(1, each.id());
                    insert.setString(2, secret.form().name());
                    insert.setBytes(3, secret.digest());
                    insert.setObject(4, secret.createdAt());
                    insert.setObject(5, orNull(secret.validUntil().orElse(Instant.MAX)));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private static void setTerms(PreparedStatement statement, int from, Terms terms) throws SQLException {
        statement.setString(from, terms.kind().name());
        statement.setString(from + 1, terms.displayName());
        statement.setString(from + 2, terms.ruleSet());
        statement.setString(from + 3, String.join("\n", terms.clientIds()));
        statement.setObject(
                from + 4, terms.role().isPresent() ? terms.role().get().name() : null);
        statement.setBoolean(from + 5, terms.disabled());
        statement.setObject(from + 6, orNull(terms.expiresAt().orElse(Instant.MAX)));
    }

    /** JDBC wants null for what isn't there. */
    private static @Nullable Instant orNull(Instant at) {
        return at.equals(Instant.MAX) ? null : at;
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
