package io.dinrail.identity.h2.internal.audit;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code dinrail-identity-audit}: writes what waits, many entries a commit, and takes the oldest away. */
final class AuditWriter extends Thread {
    static final String NAME = "dinrail-identity-audit";

    private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
    private static final int MOST = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration WORTH_WAITING = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final ChainedLog log;
    private final AuditQueue queue;
    private final Runnable idle;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile Retention retention;
    private Duration pause = FIRST_PAUSE;
    private long said;
    private long pruned;
    private boolean isLocked;
    private volatile boolean isFailing;

    /**
     * How much is kept.
     *
     * @param age how long.
     * @param entries how many.
     */
    record Retention(Duration age, long entries) {}

    /** @param idle runs on this thread about once a second. */
    AuditWriter(ChainedLog log, AuditQueue queue, Runnable idle, Retention retention, Clock clock, LongSupplier nanos) {
        super(NAME);
        setDaemon(true);
        this.log = log;
        this.queue = queue;
        this.idle = idle;
        this.retention = retention;
        this.clock = clock;
        this.nanos = nanos;
        this.pruned = nanos.getAsLong() - MINUTE;
        this.said = nanos.getAsLong() - HOUR - 1;
    }

    void keep(Retention changed) {
        retention = changed;
    }

    boolean isFailing() {
        return isFailing;
    }

    /** Waits until an entry is in the store, or can't be for now. */
    void await(long number) {
        if (Thread.currentThread() == this) {
            return;
        }
        try {
            queue.awaitWritten(number, WORTH_WAITING, this::isFailing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!queue.isClosed()) {
            idle.run();
            step(IDLE);
        }
        long end = System.nanoTime() + PATIENCE.minusMillis(500).toNanos();
        while (queue.size() > 0 && !isLocked && System.nanoTime() < end) {
            step(Duration.ZERO);
        }
    }

    private void step(Duration patience) {
        try {
            attempt(patience);
        } catch (InterruptedException e) {
            // Only a stranger interrupts this thread, and a stranger doesn't end it.
            LOG.debug("interrupted and going on", e);
        }
    }

    private void attempt(Duration patience) throws InterruptedException {
        try {
            List<Pending> batch = queue.peek(MOST, patience);
            if (!batch.isEmpty()) {
                log.append(batch);
                queue.remove(batch.size());
            }
            prune();
            isFailing = false;
            isLocked = false;
            pause = FIRST_PAUSE;
        } catch (SecretsException e) {
            isLocked = true;
            failed(e);
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    private void prune() throws SQLException, SecretsException {
        if (nanos.getAsLong() - pruned < MINUTE || queue.isClosed()) {
            return;
        }
        // With more to take away than one page, the next step goes on.
        if (log.prune(clock.instant().minus(retention.age()), retention.entries()) < AuditTable.PAGE) {
            pruned = nanos.getAsLong();
        }
    }

    private void failed(Exception why) throws InterruptedException {
        long silent = nanos.getAsLong() - said;
        if (isFailing ? silent > HOUR : silent > MINUTE) {
            said = nanos.getAsLong();
            LOG.warn(
                    "the audit log can't be written, {} entries wait and {} can: {}",
                    queue.size(),
                    AuditQueue.BOUND,
                    Transaction.plain(why));
        }
        isFailing = true;
        queue.stir();
        queue.pause(queue.isClosed() ? FIRST_PAUSE : pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Writes what waits, for a bounded time; what is left then is lost and said. */
    void end() {
        queue.close();
        try {
            join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (queue.size() > 0) {
            LOG.warn("{} entries of the audit log were lost because it could not be written", queue.size());
        }
    }
}
