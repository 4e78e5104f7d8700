package io.dinrail.broker.front;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads with a name, and their end within a second. */
public final class Threads {
    private Threads() {}

    /**
     * Makes a thread that keeps no machine from ending.
     *
     * @param name says whose it is.
     * @param task what it does.
     * @return the thread, not started.
     */
    public static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Waits a second for threads that were told to end, then interrupts them.
     *
     * @param pool shut down before.
     */
    public static void join(ExecutorService pool) {
        try {
            if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
