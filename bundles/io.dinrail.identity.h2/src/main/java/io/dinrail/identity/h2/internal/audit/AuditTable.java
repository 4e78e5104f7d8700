package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows of the audit log and the two bounds of its chain. */
final class AuditTable {
    static final String BEGIN = "begin";
    static final String HEAD = "head";
    /** Rows read at once: H2 holds a whole result in memory. */
    static final int PAGE = 2_000;

    private static final String COLUMNS = "number, at, kind, actor, origin, subject, detail, hash";

    private final DataSource store;

    AuditTable(DataSource store) {
        this.store = store;
    }

    /**
     * A bound as it is stored.
     *
     * @param seal what keeps it from being moved.
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared as a whole
    record StoredBound(Bound bound, byte[] seal) {}

    Optional<StoredBound> bound(String which) throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select =
                        connection.prepareStatement("select number, hash, seal from audit_bound where which = ?")) {
            select.setString(1, which);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new StoredBound(new Bound(row.getLong(1), row.getBytes(2)), row.getBytes(3)))
                        : Optional.empty();
            }
        }
    }

    /** @return the highest number, 0 if there is no row. */
    long last() throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select = connection.prepareStatement("select max(number) from audit");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** @return the rows after a number, lowest first, a page of them at most. */
    List<AuditRow> after(long number) throws SQLException {
        return select(
                "select " + COLUMNS + " from audit where number > ? order by number fetch first " + PAGE + " rows only",
                number);
    }

    /** @return the rows before a number, highest first, a page of them at most. */
    List<AuditRow> before(long number) throws SQLException {
        return select(
                "select " + COLUMNS + " from audit where number < ? order by number desc fetch first " + PAGE
                        + " rows only",
                number);
    }

    void append(List<AuditRow> rows, StoredBound head, Optional<StoredBound> begin) throws SQLException {
        Transaction.run(store, connection -> {
            insert(connection, rows);
            save(connection, HEAD, head);
            if (begin.isPresent()) {
                save(connection, BEGIN, begin.get());
            }
        });
    }

    void removeTo(StoredBound begin) throws SQLException {
        Transaction.run(store, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from audit where number <= ?")) {
                delete.setLong(1, begin.bound().number());
                delete.executeUpdate();
            }
            save(connection, BEGIN, begin);
        });
    }

    private List<AuditRow> select(String query, long number) throws SQLException {
        List<AuditRow> found = new ArrayList<>();
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row(row));
                }
            }
        }
        return found;
    }

    private static AuditRow row(ResultSet row) throws SQLException {
        return new AuditRow(
                new AuditEntry(
                        row.getLong(1),
                        row.getObject(2, Instant.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                row.getBytes(8));
    }

    private static void insert(Connection connection, List<AuditRow> rows) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (AuditRow row : rows) {
                AuditEntry entry = row.entry();
                insert.setLong(1, entry.number());
                insert.setObject(2, entry.at());
                insert.setString(3, entry.kind());
                insert.setString(4, entry.actor());
                insert.setString(5, entry.from());
                insert.setString(6, entry.subject());
                insert.setString(7, entry.detail());
                insert.setBytes(8, row.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void save(Connection connection, String which, StoredBound stored) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(
                "merge into audit_bound (which, number, hash, seal) key (which) values (?, ?, ?, ?)")) {
            merge.setString(1, which);
            merge.setLong(2, stored.bound().number());
            merge.setBytes(3, stored.bound().hash());
            merge.setBytes(4, stored.seal());
            merge.executeUpdate();
        }
    }
}
