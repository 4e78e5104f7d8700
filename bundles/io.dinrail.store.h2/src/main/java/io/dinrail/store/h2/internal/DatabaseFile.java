package io.dinrail.store.h2.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/** The one database file and its pool; safe for use by many threads. */
final class DatabaseFile implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int WAIT_FOR_CONNECTION_SECONDS = 10;
    /**
     * Asynchronous file access, because a plain file channel closes for everybody as soon as one thread that uses it is interrupted. A commit is in
     * the file when it returns (WRITE_DELAY), and closing compacts for a second at most.
     */
    private static final String URL =
            "jdbc:h2:async:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1;MAX_COMPACT_TIME=1000;TRACE_LEVEL_FILE=0";

    private final JdbcDataSource source = new JdbcDataSource();
    private final Path file;
    private volatile JdbcConnectionPool pool;

    private DatabaseFile(Path folder) throws SQLException {
        file = folder.resolve("dinrail.mv.db");
        source.setURL(URL.formatted(folder.resolve("dinrail")));
        source.setUser("sa");
        source.setPassword("");
        pool = newPool();
    }

    /**
     * Opens the database, or makes it.
     *
     * @param folder where it is.
     * @throws IOException if the folder cannot be made or entered.
     * @throws SQLException if the file cannot be opened.
     */
    static DatabaseFile open(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
        DatabaseFile database = new DatabaseFile(folder.toAbsolutePath());
        try {
            database.connection().close();
            restrict(database.file, "rw-------");
        } catch (IOException | SQLException e) {
            database.pool.dispose();
            throw e;
        }
        return database;
    }

    /**
     * Takes a connection from the pool.
     *
     * @return a connection that works.
     * @throws SQLException if none became free in time, or the file cannot be used.
     */
    Connection connection() throws SQLException {
        JdbcConnectionPool used = pool;
        try {
            Connection connection = used.getConnection();
            if (connection.isValid(0)) {
                return connection;
            }
            connection.close();
        } catch (SQLException | IllegalStateException e) {
            if (used.getActiveConnections() >= CONNECTIONS) {
                throw e;
            }
        }
        // After a write error such as a full disk H2 closes the file; every pooled connection is dead then, and a new
        // one opens it again.
        return renewed(used).getConnection();
    }

    private synchronized JdbcConnectionPool renewed(JdbcConnectionPool dead) {
        if (pool == dead) {
            pool = newPool();
            dead.dispose();
        }
        return pool;
    }

    private JdbcConnectionPool newPool() {
        JdbcConnectionPool fresh = JdbcConnectionPool.create(source);
        fresh.setMaxConnections(CONNECTIONS);
        fresh.setLoginTimeout(WAIT_FOR_CONNECTION_SECONDS);
        return fresh;
    }

    /**
     * Writes what is left, compacts and closes the file.
     *
     * @throws SQLException if that failed; the next opening recovers what was committed.
     */
    @Override
    public void close() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } finally {
            pool.dispose();
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
            Files.setPosixFilePermissions(path, wanted);
        }
    }
}
