package io.dinrail.device.h2.internal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A real store that a test can cut off and give back. */
final class BreakableStore implements DataSource {
    private final DataSource store;
    private volatile boolean broken;

    BreakableStore(DataSource store) {
        this.store = store;
    }

    void breakDown() {
        broken = true;
    }

    void mend() {
        broken = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (broken) {
            throw new SQLException("no space left on device");
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
