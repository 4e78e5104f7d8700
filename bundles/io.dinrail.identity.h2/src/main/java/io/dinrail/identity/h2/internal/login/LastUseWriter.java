package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down once a minute who logged in. No more than a row a credential waits, however long the store is away. */
final class LastUseWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastUseWriter.class);
    private static final int BATCH = 1000;
    private static final int PERIOD_SECONDS = 60;
    private static final int STOP_SECONDS = 4;

    private final Map<Long, Instant> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, LastUseWriter::thread);
    private final CredentialTable table;

    LastUseWriter(CredentialTable table) {
        this.table = table;
        timer.scheduleWithFixedDelay(this::write, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    void used(KnownCredential known, Instant at) {
        known.lastUse().mark(at);
        pending.put(known.id(), at);
    }

    void write() {
        try {
            Map<Long, Instant> batch = new HashMap<>();
            for (Map.Entry<Long, Instant> each : pending.entrySet()) {
                batch.put(each.getKey(), each.getValue());
                if (batch.size() == BATCH) {
                    write(batch);
                    batch.clear();
                }
            }
            write(batch);
        } catch (SQLException e) {
            LOG.warn(
                    "who logged in could not be written down and is tried again in a minute: {}", Transaction.plain(e));
        }
    }

    private void write(Map<Long, Instant> batch) throws SQLException {
        if (!batch.isEmpty()) {
            table.used(batch);
            batch.forEach(pending::remove);
        }
    }

    @Override
    public void close() {
        timer.execute(this::write);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dinrail-identity-last-used");
        thread.setDaemon(true);
        return thread;
    }
}
