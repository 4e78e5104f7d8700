package io.dinrail.identity.h2.internal.tls;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The own CA's certificates in the store. */
final class IssuedTable {
    private final DataSource store;

    IssuedTable(DataSource store) {
        this.store = store;
    }

    List<IssuedRow> all() throws SQLException {
        List<IssuedRow> all = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement("select serial, organisation, name, fingerprint,"
                        + " issued_at, expires_at, revoked_at is not null from client_certificate");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(new IssuedRow(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getObject(5, OffsetDateTime.class).toInstant(),
                        rows.getObject(6, OffsetDateTime.class).toInstant(),
                        rows.getBoolean(7)));
            }
        }
        return all;
    }

    void insert(IssuedRow row) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into client_certificate"
                                + " (serial, organisation, name, fingerprint, issued_at, expires_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, row.serial());
            insert.setString(2, row.organisation());
            insert.setString(3, row.name());
            insert.setString(4, row.fingerprint());
            insert.setObject(5, row.issuedAt().atOffset(ZoneOffset.UTC));
            insert.setObject(6, row.expiresAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    void revoke(String serial, Instant at) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update client_certificate set revoked_at = ? where serial = ?")) {
            update.setObject(1, at.atOffset(ZoneOffset.UTC));
            update.setString(2, serial);
            update.executeUpdate();
        }
    }
}
