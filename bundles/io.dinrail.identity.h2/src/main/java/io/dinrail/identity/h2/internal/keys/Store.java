package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.h2.internal.secrets.Transaction;
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

    <T> T with(Reading<T> reading) throws SQLException {
        try (Connection connection = Transaction.connect(source)) {
            return reading.from(connection);
        }
    }

    void inOne(Transaction.Work writing) throws SQLException {
        Transaction.run(source, writing);
    }

    static void update(Connection connection, String statement, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            update.executeUpdate();
        }
    }
}
