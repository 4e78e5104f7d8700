package io.dinrail.identity.h2.internal.secrets;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The wrapped data keys, the fingerprint of the key that they are wrapped with, and what depends on them. */
final class KeyTable {
    private static final String IN_USE = """
            select 1 from credential_secret s join credential c on c.id = s.credential
                where c.revoked_at is null
            union all select 1 from api_key_secret
            union all select 1 from temporary_token where expires_at > current_timestamp
            union all select 1 from enrolment where expires_at > current_timestamp
            fetch first row only""";
    private static final String LEGACY = "select 1 from credential_secret where form = 'LEGACY' fetch first row only";

    private final DataSource store;

    KeyTable(DataSource store) {
        this.store = store;
    }

    DataSource store() {
        return store;
    }

    /** @return whether there is anything that a new master key would void. */
    boolean isInUse() throws SQLException {
        return holds(IN_USE);
    }

    boolean hasLegacySecrets() throws SQLException {
        return holds(LEGACY);
    }

    Optional<byte[]> fingerprint() throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select = connection.prepareStatement("select fingerprint from master_key");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** @return the wrapped keys by purpose. */
    Map<String, byte[]> wrapped() throws SQLException {
        Map<String, byte[]> found = new TreeMap<>();
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select = connection.prepareStatement("select purpose, wrapped from data_key");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), row.getBytes(2));
            }
        }
        return found;
    }

    /**
     * Puts the database under a key, all or nothing.
     *
     * @param startsOver whether data keys under any other key are to go.
     */
    void save(byte[] fingerprint, Map<String, byte[]> wrapped, boolean startsOver) throws SQLException {
        Transaction.run(store, connection -> save(connection, fingerprint, wrapped, startsOver));
    }

    private static void save(Connection connection, byte[] fingerprint, Map<String, byte[]> wrapped, boolean startsOver)
            throws SQLException {
        if (startsOver) {
            try (Statement delete = connection.createStatement()) {
                delete.executeUpdate("delete from data_key");
            }
        }
        try (PreparedStatement merge =
                connection.prepareStatement("merge into master_key (one, fingerprint) key (one) values (true, ?)")) {
            merge.setBytes(1, fingerprint);
            merge.executeUpdate();
        }
        try (PreparedStatement merge =
                connection.prepareStatement("merge into data_key (purpose, wrapped) key (purpose) values (?, ?)")) {
            for (Map.Entry<String, byte[]> key : wrapped.entrySet()) {
                merge.setString(1, key.getKey());
                merge.setBytes(2, key.getValue());
                merge.executeUpdate();
            }
        }
    }

    private boolean holds(String query) throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }
}
