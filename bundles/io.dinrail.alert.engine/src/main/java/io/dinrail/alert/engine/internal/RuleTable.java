package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** The rules in the store; every change is committed when its method returns, together with the clearing that it entails. */
final class RuleTable {
    private final DataSource store;

    RuleTable(DataSource store) {
        this.store = store;
    }

    List<Rule> all() throws SQLException {
        List<Rule> rules = new ArrayList<>();
        try (Connection connection = AlertTable.connect(store);
                PreparedStatement query = connection.prepareStatement("SELECT * FROM alert_rule ORDER BY name");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rules.add(rule(row));
            }
        }
        return rules;
    }

    /** Keeps a rule, and clears an alert that is none of its own. */
    void put(Rule rule, OptionalLong clears, Instant at) throws SQLException {
        change(clears, at, connection -> {
            try (PreparedStatement put = connection.prepareStatement(
                    "MERGE INTO alert_rule KEY (name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                put.setString(1, rule.name());
                put.setString(2, rule.tag().device().value());
                put.setString(3, rule.tag().tag());
                put.setString(4, rule.condition().name());
                put.setDouble(5, rule.limit());
                put.setDouble(6, rule.hysteresis());
                put.setString(7, rule.delay().toString());
                put.setString(8, rule.severity().name());
                put.setString(9, rule.message());
                put.executeUpdate();
            }
        });
    }

    void remove(String name, OptionalLong clears, Instant at) throws SQLException {
        change(clears, at, connection -> {
            try (PreparedStatement remove = connection.prepareStatement("DELETE FROM alert_rule WHERE name = ?")) {
                remove.setString(1, name);
                remove.executeUpdate();
            }
        });
    }

    private interface Change {
        void apply(Connection connection) throws SQLException;
    }

    /** The store's pool undoes what was not committed, and commits by itself again, when the connection goes back to it. */
    private void change(OptionalLong clears, Instant at, Change change) throws SQLException {
        try (Connection connection = AlertTable.connect(store)) {
            connection.setAutoCommit(false);
            change.apply(connection);
            if (clears.isPresent()) {
                AlertTable.clear(connection, clears.getAsLong(), at);
            }
            connection.commit();
        }
    }

    private static Rule rule(ResultSet row) throws SQLException {
        return new Rule(
                row.getString("name"),
                TagId.of(row.getString("device"), row.getString("tag")),
                Rule.Condition.valueOf(row.getString("side")),
                row.getDouble("bound"),
                row.getDouble("hysteresis"),
                Duration.parse(row.getString("delay")),
                Severity.valueOf(row.getString("severity")),
                row.getString("message"));
    }
}
