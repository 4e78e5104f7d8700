package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The rows of organisations and their aliases. */
final class OrganisationTable {
    private static final String COLUMNS =
            "display_name, disabled, default_rule_set, closes_on_refused_publish, max_connections";
    private static final int COLUMN_COUNT = 5;

    private final DataSource store;

    OrganisationTable(DataSource store) {
        this.store = store;
    }

    List<Organisation> all() throws SQLException {
        List<Organisation> found = new ArrayList<>();
        Transaction.run(store, connection -> {
            Map<String, List<String>> aliases = aliases(connection);
            try (PreparedStatement select =
                            connection.prepareStatement("select " + COLUMNS + ", id, created_at from organisation");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(organisation(row, aliases));
                }
            }
        });
        return found;
    }

    void insert(Organisation organisation) throws SQLException {
        Transaction.run(store, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into organisation (" + COLUMNS + ", id, created_at) values (?, ?, ?, ?, ?, ?, ?)")) {
                set(insert, organisation);
                insert.setObject(COLUMN_COUNT + 2, organisation.createdAt());
                insert.executeUpdate();
            }
        });
    }

    void save(Organisation organisation) throws SQLException {
        Transaction.run(store, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update organisation set (" + COLUMNS + ") = (?, ?, ?, ?, ?) where id = ?")) {
                set(update, organisation);
                update.executeUpdate();
            }
            saveAliases(connection, organisation);
        });
    }

    private static Organisation organisation(ResultSet row, Map<String, List<String>> aliases) throws SQLException {
        String id = row.getString(COLUMN_COUNT + 1);
        return new Organisation(
                id,
                row.getString(1),
                aliases.getOrDefault(id, List.of()),
                row.getBoolean(2),
                row.getString(3),
                row.getBoolean(4),
                row.getInt(5),
                row.getObject(COLUMN_COUNT + 2, Instant.class));
    }

    private static void set(PreparedStatement statement, Organisation organisation) throws SQLException {
        statement.setString(1, organisation.displayName());
        statement.setBoolean(2, organisation.disabled());
        statement.setString(3, organisation.defaultRuleSet());
        statement.setBoolean(4, organisation.closesOnRefusedPublish());
        statement.setInt(5, organisation.maxConnections());
        statement.setString(COLUMN_COUNT + 1, organisation.id());
    }

    private static void saveAliases(Connection connection, Organisation organisation) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("delete from organisation_alias where organisation = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into organisation_alias (alias, organisation) values (?, ?)")) {
            delete.setString(1, organisation.id());
            delete.executeUpdate();
            for (String alias : organisation.aliases()) {
                insert.setString(1, alias);
                insert.setString(2, organisation.id());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Map<String, List<String>> aliases(Connection connection) throws SQLException {
        Map<String, List<String>> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select organisation, alias from organisation_alias order by alias");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        return found;
    }
}
