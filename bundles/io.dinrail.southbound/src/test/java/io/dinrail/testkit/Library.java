package io.dinrail.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A library that outlives the connectors that use it, as a registry of drivers does. */
public final class Library {
    private static final List<Object> HELD = new CopyOnWriteArrayList<>();
    private static volatile CountDownLatch end = new CountDownLatch(1);

    private Library() {}

    /** Keeps something for good. */
    public static void hold(Object what) {
        HELD.add(what);
    }

    /** Runs a thread until {@link #release}. */
    public static void run(String name) {
        CountDownLatch until = end;
        Thread thread = new Thread(
                () -> {
                    try {
                        until.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    static void release() {
        HELD.clear();
        end.countDown();
        end = new CountDownLatch(1);
    }
}
