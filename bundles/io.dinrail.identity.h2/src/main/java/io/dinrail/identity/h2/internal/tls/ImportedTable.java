package io.dinrail.identity.h2.internal.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The imported CAs in the store. */
final class ImportedTable {
    private final DataSource store;

    /** As it stands there, whatever became of it. */
    record Row(String name, String organisation, String pem, String nameFrom, Optional<Bytes> list) {}

    /** Bytes of a list. */
    @SuppressWarnings("ArrayRecordComponent") // up to 10 MiB, read once
    record Bytes(byte[] value) {}

    ImportedTable(DataSource store) {
        this.store = store;
    }

    List<Row> all() throws SQLException {
        List<Row> all = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select name, organisation, pem, name_from, crl from trusted_ca");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(new Row(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        Optional.ofNullable(rows.getBytes(5)).map(Bytes::new)));
            }
        }
        return all;
    }

    void insert(ImportedCa ca) throws SQLException, CertificateEncodingException {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into trusted_ca (name, organisation, pem, name_from) values (?, ?, ?, ?)")) {
            insert.setString(1, ca.name());
            insert.setString(2, ca.organisation());
            insert.setString(3, Pem.text(List.of(ca.certificate())));
            insert.setString(4, ca.nameFrom().name());
            insert.executeUpdate();
        }
    }

    /** @return whether it was there, even if damaged. */
    boolean delete(String name) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from trusted_ca where name = ?")) {
            delete.setString(1, name);
            return delete.executeUpdate() > 0;
        }
    }

    void list(String name, byte[] crl) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update trusted_ca set crl = ? where name = ?")) {
            update.setBinaryStream(1, new ByteArrayInputStream(crl), crl.length);
            update.setString(2, name);
            update.executeUpdate();
        }
    }
}
