package io.dinrail.identity.h2.internal.secrets;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Several statements, all or none. */
public final class Transaction {
    private Transaction() {}

    /** What is to be done. */
    @FunctionalInterface
    public interface Work {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Does it and commits.
     *
     * @throws SQLException if the store failed: nothing was changed, unless the commit itself failed.
     */
    public static void run(DataSource store, Work work) throws SQLException {
        try (Connection connection = connect(store)) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** @return what failed, in one line and without H2's statement. */
    public static String plain(Exception e) {
        String message = String.valueOf(e.getMessage()).split("; SQL statement", 2)[0];
        return message.replaceAll("\\s+", " ");
    }

    /** H2's pool says with an unchecked exception that it was closed. */
    public static Connection connect(DataSource store) throws SQLException {
        try {
            return store.getConnection();
        } catch (IllegalStateException e) {
            throw new SQLException("the store is closed", e);
        }
    }
}
