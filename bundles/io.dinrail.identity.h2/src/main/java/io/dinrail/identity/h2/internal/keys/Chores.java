package io.dinrail.identity.h2.internal.keys;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for what can wait. */
final class Chores implements Later {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final ScheduledThreadPoolExecutor thread;

    Chores(String name) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void after(Duration wait, Runnable work) {
        try {
            thread.schedule(() -> guarded(work), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("stopped; a chore is left out");
        }
    }

    @Override
    public void every(Duration pause, Runnable work) {
        thread.scheduleWithFixedDelay(() -> guarded(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does not interrupt: an interrupt in the middle of a write closes the database's file. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the store does not answer: what identity was writing is left to itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An Error too: the pool would swallow it and never do the work again. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "{}: unexpected failure, trying again later",
                    Thread.currentThread().getName(),
                    e);
        }
    }
}
