package io.dinrail.broker.moquette.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads with a name, and their end within a second. */
final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static void join(ExecutorService pool) {
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
