package io.dinrail.alert.engine.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that wakes when the next thing is due, and sleeps while nothing is. */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    /** The wall clock may be set while we sleep: look at it now and then. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final Clock clock;
    private final Runnable work;
    private final ScheduledThreadPoolExecutor thread;
    private Instant next = Instant.MAX;
    private ScheduledFuture<?> wake;

    Ticker(String name, Clock clock, Runnable work) {
        this.clock = clock;
        this.work = work;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        wake = thread.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
    }

    synchronized void wakeAt(Instant due) {
        if (due.isBefore(next)) {
            wake.cancel(false);
            next = due;
            schedule(Duration.between(clock.instant(), due));
        }
    }

    private void schedule(Duration wait) {
        Duration sleep = wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
        try {
            wake = thread.schedule(this::tick, Math.max(0, sleep.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            next = Instant.MIN; // stopped: nothing is due any more
        }
    }

    private void tick() {
        if (!reached()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error e) { // an Error too: the pool would swallow it, and nobody wake again
            LOG.error(
                    "{}: unexpected failure, trying again in 30 s",
                    Thread.currentThread().getName(),
                    e);
            wakeAt(clock.instant().plus(LONGEST_SLEEP));
        }
    }

    private synchronized boolean reached() {
        Duration left = Duration.between(clock.instant(), next);
        if (left.compareTo(Duration.ZERO) > 0) {
            schedule(left);
            return false;
        }
        next = Instant.MAX;
        return true;
    }

    /** Ends the thread without interrupting it: an interrupt in the middle of a write closes the database's file. */
    void stop() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(4, TimeUnit.SECONDS)) {
                LOG.warn("a thread of the bundle did not end within 4 s: the store hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
