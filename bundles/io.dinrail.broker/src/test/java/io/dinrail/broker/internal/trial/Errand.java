package io.dinrail.broker.internal.trial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one client does on a thread of its own, from broker to broker, however often they die. */
abstract class Errand implements AutoCloseable {
    private final Supplier<InetSocketAddress> where;
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private volatile boolean called;

    /** @param where the broker is now; waits until there is one. */
    Errand(String name, Supplier<InetSocketAddress> where) {
        this.where = where;
        this.thread = new Thread(this::run, name);
    }

    void begin() {
        thread.start();
    }

    /** Connects and works until it has done everything; starts over with an IOException. */
    abstract void work(InetSocketAddress broker) throws IOException;

    /** Whether it has been told to come to an end. */
    boolean isCalled() {
        return called;
    }

    private void run() {
        try {
            boolean done = false;
            while (!done) {
                done = tried();
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private boolean tried() {
        try {
            work(where.get());
            return true;
        } catch (IOException e) {
            return false; // the broker died
        }
    }

    /** Tells it to come to an end. */
    void call() {
        called = true;
    }

    /** Fails as it failed. */
    void check() {
        if (failure != null) {
            throw new AssertionError(thread.getName() + " failed", failure);
        }
    }

    /** Waits until it has done everything. */
    void await() throws InterruptedException {
        thread.join(Wire.PATIENCE * 2L);
        check();
        if (thread.isAlive()) {
            AssertionError late = new AssertionError(thread.getName() + " doesn't come to an end: " + this);
            late.setStackTrace(thread.getStackTrace());
            throw late;
        }
    }

    @Override
    public void close() {
        call();
        thread.interrupt();
    }
}
