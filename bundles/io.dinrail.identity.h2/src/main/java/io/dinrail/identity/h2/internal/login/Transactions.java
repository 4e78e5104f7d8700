package io.dinrail.identity.h2.internal.login;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** All or nothing of what is done on one connection. */
final class Transactions {
    /** What is to be done. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource store;

    Transactions(DataSource store) {
        this.store = store;
    }

    <T> T run(Work<T> work) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** H2's pool says with an unchecked exception that it was closed. */
    private Connection connect() throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }
}
