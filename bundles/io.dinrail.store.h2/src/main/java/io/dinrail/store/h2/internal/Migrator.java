package io.dinrail.store.h2.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * Runs the scripts that a schema has not seen, forward only. H2 commits after every definition, so a script cannot be undone: progress is kept by
 * the statement, and an interrupted script goes on where it stopped.
 */
final class Migrator {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS PUBLIC.SCHEMA_VERSION (
                SCHEMA_NAME VARCHAR(63) NOT NULL,
                VERSION INT NOT NULL,
                DONE INT NOT NULL,
                RUNNING BOOLEAN NOT NULL,
                COMPLETE BOOLEAN NOT NULL,
                CHANGED_AT TIMESTAMP(3) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
                PRIMARY KEY (SCHEMA_NAME, VERSION))""";
    /** What a definition answers that had taken effect before the process died, and is run again. */
    private static final Set<Integer> ALREADY_SO = Set.of(
            ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1,
            ErrorCode.INDEX_ALREADY_EXISTS_1,
            ErrorCode.DUPLICATE_COLUMN_NAME_1,
            ErrorCode.CONSTRAINT_ALREADY_EXISTS_1,
            ErrorCode.SEQUENCE_ALREADY_EXISTS_1,
            ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
            ErrorCode.COLUMN_NOT_FOUND_1,
            ErrorCode.INDEX_NOT_FOUND_1,
            ErrorCode.CONSTRAINT_NOT_FOUND_1,
            ErrorCode.SEQUENCE_NOT_FOUND_1);

    private final Connection connection;
    private final String schema;

    private Migrator(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Brings a schema to the version of the newest script.
     *
     * @param scripts all scripts of the bundle, oldest first, at least one.
     * @return how many scripts ran.
     * @throws MigrationException if a statement fails or the schema is newer than the scripts.
     * @throws SQLException if the database itself fails; try again later.
     */
    static int migrate(DatabaseFile database, String schema, List<Script> scripts)
            throws MigrationException, SQLException {
        try (Connection connection = database.connection()) {
            return new Migrator(connection, schema).run(scripts);
        }
    }

    private int run(List<Script> scripts) throws MigrationException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + schema + '"');
        }
        connection.setSchema(schema);
        refuseNewer(scripts.get(scripts.size() - 1).version());
        int ran = 0;
        for (Script script : scripts) {
            ran += apply(script) ? 1 : 0;
        }
        return ran;
    }

    private void refuseNewer(int newest) throws MigrationException, SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT MAX(VERSION) FROM PUBLIC.SCHEMA_VERSION WHERE SCHEMA_NAME = ?")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                if (row.next() && row.getInt(1) > newest) {
                    throw new MigrationException(
                            "the data is of version " + row.getInt(1) + " and the bundle knows " + newest
                                    + " at most; install the newer bundle, or restore the data from before its update");
                }
            }
        }
    }

    private boolean apply(Script script) throws MigrationException, SQLException {
        Progress progress = progress(script);
        if (progress.complete()) {
            return false;
        }
        List<String> statements = script.statements();
        for (int next = progress.done(); next < statements.size(); next++) {
            boolean inDoubt = progress.running() && next == progress.done();
            step(script, next, statements.get(next), inDoubt);
        }
        note(script, new Progress(statements.size(), false, true));
        return true;
    }

    private void step(Script script, int index, String sql, boolean inDoubt) throws MigrationException, SQLException {
        note(script, new Progress(index, true, false));
        // Rows and progress are one transaction, so that a statement on rows never runs twice.
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!connection.isValid(0)) {
                throw e; // the file, not the script: a full disk, say
            }
            if (!inDoubt || !ALREADY_SO.contains(e.getErrorCode())) {
                abandon(script, index);
                throw failed(script, index, sql, e);
            }
        }
        note(script, new Progress(index + 1, false, false));
        connection.setAutoCommit(true);
    }

    private void abandon(Script script, int index) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        note(script, new Progress(index, false, false));
    }

    private static MigrationException failed(Script script, int index, String sql, SQLException cause) {
        String line = sql.replaceAll("\\s+", " ");
        String shown = line.length() > 120 ? line.substring(0, 120) + "…" : line;
        return new MigrationException(
                "statement " + (index + 1) + " of " + script.name() + " (" + shown + ") failed: " + Sentences.of(cause)
                        + "; correct the script and update the bundle",
                cause);
    }

    /** How far a script came. */
    private record Progress(int done, boolean running, boolean complete) {}

    private Progress progress(Script script) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT DONE, RUNNING, COMPLETE FROM PUBLIC.SCHEMA_VERSION WHERE SCHEMA_NAME = ? AND VERSION = ?")) {
            query.setString(1, schema);
            query.setInt(2, script.version());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Progress(row.getInt(1), row.getBoolean(2), row.getBoolean(3))
                        : new Progress(0, false, false);
            }
        }
    }

    private void note(Script script, Progress progress) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "MERGE INTO PUBLIC.SCHEMA_VERSION (SCHEMA_NAME, VERSION, DONE, RUNNING, COMPLETE, CHANGED_AT)"
                        + " KEY (SCHEMA_NAME, VERSION) VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP)")) {
            update.setString(1, schema);
            update.setInt(2, script.version());
            update.setInt(3, progress.done());
            update.setBoolean(4, progress.running());
            update.setBoolean(5, progress.complete());
            update.executeUpdate();
        }
    }
}
