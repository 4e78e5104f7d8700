package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.api.ApiKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows of keys and of their sealed secrets. */
final class KeyTable {
    private final Store store;

    KeyTable(DataSource store) {
        this.store = new Store(store);
    }

    List<LiveKey> all() throws SQLException {
        return store.with(connection -> {
            Map<String, List<SigningSecret>> secrets = secrets(connection);
            List<LiveKey> found = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select id, organisation, name, patterns,"
                            + " actions, origins, disabled, created_at, last_used_at from api_key");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(KeyRow.read(row, secrets.getOrDefault(row.getString(1), List.of())));
                }
            }
            return found;
        });
    }

    void insert(LiveKey live) throws SQLException {
        ApiKey key = live.key();
        store.inOne(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into api_key (id, organisation, name,"
                    + " patterns, actions, origins, created_at) values (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, key.id());
                insert.setString(2, key.organisation());
                insert.setString(3, key.name());
                insert.setString(4, String.join("\n", key.patterns()));
                insert.setString(5, PermissionText.join(key.actions()));
                insert.setString(6, String.join("\n", key.allowedOrigins()));
                insert.setObject(7, key.createdAt());
                insert.executeUpdate();
            }
            insertSecrets(connection, live);
        });
    }

    void replaceSecrets(LiveKey live) throws SQLException {
        store.inOne(connection -> {
            Store.update(
                    connection,
                    "delete from api_key_secret where api_key = ?",
                    live.key().id());
            insertSecrets(connection, live);
        });
    }

    void disable(String id, boolean disabled) throws SQLException {
        store.inOne(
                connection -> Store.update(connection, "update api_key set disabled = ? where id = ?", disabled, id));
    }

    void delete(String id) throws SQLException {
        store.inOne(connection -> Store.update(connection, "delete from api_key where id = ?", id));
    }

    void used(Map<String, Instant> at) throws SQLException {
        store.inOne(connection -> {
            for (Map.Entry<String, Instant> use : at.entrySet()) {
                Store.update(
                        connection, "update api_key set last_used_at = ? where id = ?", use.getValue(), use.getKey());
            }
        });
    }

    private static void insertSecrets(Connection connection, LiveKey live) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into api_key_secret (api_key, sealed, valid_until) values (?, ?, ?)")) {
            for (SigningSecret secret : live.secrets()) {
                insert.setString(1, live.key().id());
                insert.setBytes(2, secret.sealed());
                insert.setObject(3, secret.until().orElse(null));
                insert.executeUpdate();
            }
        }
    }

    private static Map<String, List<SigningSecret>> secrets(Connection connection) throws SQLException {
        Map<String, List<SigningSecret>> found = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select api_key, sealed, valid_until from api_key_secret");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String key = row.getString(1);
                Optional<Instant> until = Optional.ofNullable(row.getObject(3, Instant.class));
                found.computeIfAbsent(key, none -> new ArrayList<>())
                        .add(new SigningSecret(key, row.getBytes(2), until));
            }
        }
        return found;
    }
}
