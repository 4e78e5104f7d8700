package io.dinrail.identity.h2.internal;

import io.dinrail.identity.api.Credential;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows of credentials; a revoked one stays as a record of what was. */
final class CredentialTable {
    private final DataSource store;

    CredentialTable(DataSource store) {
        this.store = store;
    }

    List<LiveCredential> inForce() throws SQLException {
        List<LiveCredential> found = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select name, rule_set, client_ids, created_at, digest"
                                + " from credential where revoked_at is null");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Credential credential = new Credential(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).lines().toList(),
                        row.getObject(4, Instant.class));
                found.add(new LiveCredential(credential, row.getBytes(5)));
            }
        }
        return found;
    }

    boolean anyInForce() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(
                        "select 1 from credential where revoked_at is null fetch first row only");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    void insert(LiveCredential live) throws SQLException {
        Credential credential = live.credential();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into credential (name, rule_set, client_ids, digest, created_at) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, credential.name());
            insert.setString(2, credential.ruleSet());
            insert.setString(3, String.join("\n", credential.clientIds()));
            insert.setBytes(4, live.digest());
            insert.setObject(5, credential.createdAt());
            insert.executeUpdate();
        }
    }

    void revoke(String name, Instant at) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement(
                        "update credential set revoked_at = ? where name = ? and revoked_at is null")) {
            update.setObject(1, at);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    Optional<byte[]> fingerprint() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("select fingerprint from master_key");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    void saveFingerprint(byte[] fingerprint) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement merge = connection.prepareStatement(
                        "merge into master_key (one, fingerprint) key (one) values (true, ?)")) {
            merge.setBytes(1, fingerprint);
            merge.executeUpdate();
        }
    }

    /** H2's pool says with an unchecked exception that it was closed. */
    private Connection connect() throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }
}
