package io.dinrail.identity.h2.internal.keys;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reads with a connection, or changes all or nothing. */
final class Store {
    private final DataSource source;

    Store(DataSource source) {
        this.source = source;
    }

    /** What is read. */
    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    /** What is changed. */
    interface Writing {
        void to(Connection connection) throws SQLException;
    }

    <T> T with(Reading<T> reading) throws SQLException {
        try (Connection connection = connect()) {
            return reading.from(connection);
        }
    }

    void inOne(Writing writing) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try {
                writing.to(connection);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    static void update(Connection connection, String statement, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }

    /** H2's pool says with an unchecked exception that it was closed. */
    private Connection connect() throws SQLException {
        try {
            return source.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }
}
