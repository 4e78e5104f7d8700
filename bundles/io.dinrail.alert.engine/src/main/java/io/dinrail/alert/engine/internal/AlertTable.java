package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.ConditionState;
import io.dinrail.alert.api.Rule;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The alerts in the store; every change is committed when its method returns. */
final class AlertTable {
    private static final String INSERT =
            "INSERT INTO alert (rule, device, tag, severity, message, reading, bound, raised_at, device_condition)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PURGE = "DELETE FROM alert WHERE cleared_at IS NOT NULL AND id <= (SELECT id FROM alert"
            + " WHERE cleared_at IS NOT NULL ORDER BY id DESC OFFSET ? ROWS FETCH FIRST 1 ROW ONLY)"
            + " FETCH FIRST ? ROWS ONLY";

    private static final int LONGEST_RULE = 128;
    private static final int LONGEST_MESSAGE = 500;

    private final DataSource store;

    AlertTable(DataSource store) {
        this.store = store;
    }

    /** Open ones first, then the newest. */
    List<Alert> list(int most) throws SQLException {
        List<Alert> alerts = query("WHERE cleared_at IS NULL ORDER BY id DESC FETCH FIRST ? ROWS ONLY", most);
        alerts.addAll(
                query("WHERE cleared_at IS NOT NULL ORDER BY id DESC FETCH FIRST ? ROWS ONLY", most - alerts.size()));
        return alerts;
    }

    List<Alert> open() throws SQLException {
        return query("WHERE cleared_at IS NULL ORDER BY id");
    }

    Optional<Alert> find(long id) throws SQLException {
        return query("WHERE id = ?", id).stream().findFirst();
    }

    /** Keeps a new alert, or finds the one that a failed attempt kept nevertheless: there is never more than one open for a rule. */
    Alert raise(Rule rule, double value, Instant at) throws SQLException {
        List<Alert> kept = query("WHERE rule = ? AND device_condition = '' AND cleared_at IS NULL", rule.name());
        return kept.isEmpty() ? insert(rule, value, at) : kept.get(0);
    }

    /** Keeps a new alert of a device's own, or finds the one that a failed attempt kept nevertheless. */
    Alert raise(ConditionState state) throws SQLException {
        TagId tag = state.tag();
        List<Alert> kept = query(
                "WHERE device = ? AND tag = ? AND device_condition = ? AND cleared_at IS NULL",
                tag.device().value(),
                tag.tag(),
                state.condition());
        if (!kept.isEmpty()) {
            return kept.get(0);
        }
        return insert(
                cut(state.source(), LONGEST_RULE),
                tag.device().value(),
                tag.tag(),
                state.severity().name(),
                cut(state.message(), LONGEST_MESSAGE),
                Double.NaN,
                Double.NaN,
                state.at(),
                state.condition());
    }

    private static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most - 1) + "…" : text;
    }

    private Alert insert(Rule rule, double value, Instant at) throws SQLException {
        return insert(
                rule.name(),
                rule.tag().device().value(),
                rule.tag().tag(),
                rule.severity().name(),
                rule.message(),
                value,
                rule.limit(),
                at,
                "");
    }

    private Alert insert(Object... values) throws SQLException {
        try (Connection connection = connect(store);
                PreparedStatement insert = connection.prepareStatement(INSERT, new String[] {"id"})) {
            fill(insert, values);
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return query("WHERE id = ?", keys.getLong(1)).get(0);
            }
        }
    }

    void acknowledge(long id, String note, Instant at) throws SQLException {
        update("UPDATE alert SET acknowledged_at = ?, note = ? WHERE id = ?", at, note, id);
    }

    void clear(long id, Instant at) throws SQLException {
        update("UPDATE alert SET cleared_at = ? WHERE id = ?", at, id);
    }

    static void clear(Connection connection, long id, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE alert SET cleared_at = ? WHERE id = ?")) {
            fill(update, at, id);
            update.executeUpdate();
        }
    }

    /** Removes cleared alerts beyond the newest, at most a step of them. */
    int purge(int keep, int step) throws SQLException {
        return update(PURGE, keep, step);
    }

    /** A pool that is closed says so with another exception; to us the store fails, whatever the way. */
    static Connection connect(DataSource store) throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (Connection connection = connect(store);
                PreparedStatement update = connection.prepareStatement(sql)) {
            fill(update, values);
            return update.executeUpdate();
        }
    }

    private List<Alert> query(String where, Object... values) throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (Connection connection = connect(store);
                PreparedStatement query = connection.prepareStatement("SELECT * FROM alert " + where)) {
            fill(query, values);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    alerts.add(alert(row));
                }
            }
        }
        return alerts;
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Alert alert(ResultSet row) throws SQLException {
        Optional<Instant> acknowledged = Optional.ofNullable(row.getObject("acknowledged_at", Instant.class));
        Optional<Instant> cleared = Optional.ofNullable(row.getObject("cleared_at", Instant.class));
        return new Alert(
                row.getLong("id"),
                row.getString("rule"),
                TagId.of(row.getString("device"), row.getString("tag")),
                Severity.valueOf(row.getString("severity")),
                row.getString("message"),
                state(acknowledged, cleared),
                row.getDouble("reading"),
                row.getDouble("bound"),
                row.getObject("raised_at", Instant.class),
                acknowledged,
                row.getString("note"),
                cleared,
                row.getString("device_condition"));
    }

    private static Alert.State state(Optional<Instant> acknowledged, Optional<Instant> cleared) {
        if (cleared.isPresent()) {
            return Alert.State.CLEARED;
        }
        return acknowledged.isPresent() ? Alert.State.ACKNOWLEDGED : Alert.State.RAISED;
    }
}
