package io.dinrail.connector.modbus.internal.wire;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes wires on which nothing goes on, for devices with few connections to give. One thread for all, made for the first that asks; safe for use by many threads. */
public final class IdleWatch implements AutoCloseable {
    private @Nullable ScheduledExecutorService executor;
    private boolean closed;

    /**
     * Watches a wire.
     *
     * @param wire which.
     * @param idle how long it may be silent; zero for ever.
     * @return ends the watch.
     */
    public synchronized Runnable watch(Wire wire, Duration idle) {
        if (idle.isZero() || closed) {
            return () -> {};
        }
        ScheduledExecutorService running = executor;
        if (running == null) {
            running = start();
            executor = running;
        }
        long beat = Math.max(1, idle.toMillis() / 4);
        ScheduledFuture<?> watch = running.scheduleWithFixedDelay(wire::closeIfIdle, beat, beat, TimeUnit.MILLISECONDS);
        return () -> watch.cancel(false);
    }

    /** Ends the thread; waits 1 s at the most. */
    @Override
    public synchronized void close() {
        closed = true;
        ScheduledExecutorService running = executor;
        executor = null;
        if (running == null) {
            return;
        }
        running.shutdownNow();
        try {
            running.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService start() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "dinrail-modbus-idle");
            thread.setDaemon(true);
            return thread;
        });
        made.setRemoveOnCancelPolicy(true);
        return made;
    }
}
