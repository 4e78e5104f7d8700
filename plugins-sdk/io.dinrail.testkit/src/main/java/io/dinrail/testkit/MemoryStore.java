package io.dinrail.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A real H2 database in memory with the bundle's own schema, as the store would hand it over. */
public final class MemoryStore implements AutoCloseable {
    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    /** Opens a database and runs every {@code db/V*.sql} of the bundle under test in order. */
    public MemoryStore() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (Path script : scripts()) {
                statement.execute("RUNSCRIPT FROM '" + script.toUri() + "'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the database. */
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.dispose();
    }

    private static List<Path> scripts() {
        try (Stream<Path> files = Files.list(Path.of("target", "classes", "db"))) {
            return files.filter(file -> file.getFileName().toString().matches("V\\d+\\.sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
