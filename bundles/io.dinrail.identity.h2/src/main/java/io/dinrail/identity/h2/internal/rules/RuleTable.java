package io.dinrail.identity.h2.internal.rules;

import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The rows of rule sets. */
final class RuleTable {
    private final DataSource store;

    /** A stored document, sound or not. */
    record Row(String organisation, String name, String document) {}

    RuleTable(DataSource store) {
        this.store = store;
    }

    List<Row> all() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = Transaction.connect(store);
                PreparedStatement select =
                        connection.prepareStatement("select organisation, name, document from rule_set");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return rows;
    }

    void put(Row row, Instant at) throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement merge = connection.prepareStatement(
                        "merge into rule_set (organisation, name, document, changed_at) key (organisation, name)"
                                + " values (?, ?, ?, ?)")) {
            merge.setString(1, row.organisation());
            merge.setString(2, row.name());
            merge.setString(3, row.document());
            merge.setObject(4, at);
            merge.executeUpdate();
        }
    }

    void remove(String organisation, String name) throws SQLException {
        try (Connection connection = Transaction.connect(store);
                PreparedStatement delete =
                        connection.prepareStatement("delete from rule_set where organisation = ? and name = ?")) {
            delete.setString(1, organisation);
            delete.setString(2, name);
            delete.executeUpdate();
        }
    }
}
