package io.dinrail.testkit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real store that a test can let fail and give back, as a full disk would; counts how often it was asked meanwhile. */
public final class FailingStore implements DataSource {
    private final DataSource store;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean failing;

    /**
     * Wraps a store.
     *
     * @param store what answers as long as it isn't to fail.
     */
    public FailingStore(DataSource store) {
        this.store = store;
    }

    /** Lets every connection fail from now on. */
    public void fail() {
        failing = true;
    }

    /** Lets connections succeed again. */
    public void mend() {
        failing = false;
    }

    /** @return how many connections were refused so far. */
    public int refused() {
        return refused.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (failing) {
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
