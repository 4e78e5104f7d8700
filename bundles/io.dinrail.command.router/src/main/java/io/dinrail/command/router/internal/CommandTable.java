package io.dinrail.command.router.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandState;
import io.dinrail.model.api.DeviceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The commands in the store; every change is committed when its method returns. */
final class CommandTable {
    private static final String INSERT = "INSERT INTO command"
            + " (id, device, type, params, state, closed, result, ranking, sender, created_at, expires_at, changed_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String STEP =
            "UPDATE command SET state = ?, closed = ?, result = ?, changed_at = ? WHERE id = ? AND NOT closed";
    private static final String PURGE = "DELETE FROM command WHERE closed AND seq <= (SELECT seq FROM command"
            + " WHERE closed ORDER BY seq DESC OFFSET ? ROWS FETCH FIRST 1 ROW ONLY) FETCH FIRST ? ROWS ONLY";

    /** An open command without what may be large. */
    record Summary(String id, DeviceId device, String type, int ranking, CommandState state, Instant expiresAt) {}

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource store;

    CommandTable(DataSource store) {
        this.store = store;
    }

    List<Summary> open() throws SQLException {
        return query(
                "SELECT id, device, type, ranking, state, expires_at FROM command WHERE NOT closed ORDER BY seq",
                row -> new Summary(
                        row.getString("id"),
                        new DeviceId(row.getString("device")),
                        row.getString("type"),
                        row.getInt("ranking"),
                        CommandState.valueOf(row.getString("state")),
                        row.getObject("expires_at", Instant.class)));
    }

    List<Command> newest(int most) throws SQLException {
        return query("SELECT * FROM command ORDER BY seq DESC FETCH FIRST ? ROWS ONLY", CommandTable::command, most);
    }

    Optional<Command> find(String id) throws SQLException {
        return query("SELECT * FROM command WHERE id = ?", CommandTable::command, id).stream()
                .findFirst();
    }

    void insert(Command command, int ranking) throws SQLException {
        update(
                INSERT,
                command.id(),
                command.device().value(),
                command.type(),
                command.params(),
                command.state().name(),
                command.state().isFinal(),
                command.result(),
                ranking,
                command.by(),
                command.createdAt(),
                command.expiresAt(),
                command.changedAt());
    }

    void step(String id, Order.Step step) throws SQLException {
        update(STEP, step.state().name(), step.state().isFinal(), step.result(), step.at(), id);
    }

    /** Removes final commands beyond the newest, at most a step of them. */
    int purge(int keep, int step) throws SQLException {
        return update(PURGE, keep, step);
    }

    /** A pool that is closed says so with another exception; to us the store fails, whatever the way. */
    private Connection connect() throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update = connection.prepareStatement(sql)) {
            fill(update, values);
            return update.executeUpdate();
        }
    }

    private <T> List<T> query(String sql, Row<T> reader, Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(sql)) {
            fill(query, values);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
        }
        return found;
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Command command(ResultSet row) throws SQLException {
        return new Command(
                row.getString("id"),
                new DeviceId(row.getString("device")),
                row.getString("type"),
                row.getString("params"),
                CommandState.valueOf(row.getString("state")),
                row.getString("result"),
                row.getString("sender"),
                row.getObject("created_at", Instant.class),
                row.getObject("expires_at", Instant.class),
                row.getObject("changed_at", Instant.class));
    }
}
