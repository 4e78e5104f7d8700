package io.dinrail.command.router.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A store that fails while told to, and counts how often it was asked meanwhile. */
final class FailingStore implements DataSource {
    private final DataSource store;
    final AtomicInteger refused = new AtomicInteger();
    volatile boolean fails;

    FailingStore(DataSource store) {
        this.store = store;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (fails) {
            refused.incrementAndGet();
            throw new SQLException("No space left on device; SQL statement:\nINSERT");
        }
        return store.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return store.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        store.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        store.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return store.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return store.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return store.isWrapperFor(type);
    }
}
