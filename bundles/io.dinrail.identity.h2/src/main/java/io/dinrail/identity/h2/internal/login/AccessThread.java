package io.dinrail.identity.h2.internal.login;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which listeners are called: ends first, whatever else waits. Each access waits at most once in each queue. */
final class AccessThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessThread.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long END_MS = 1_500;

    private final Queue<LiveAccess> ended = new ConcurrentLinkedQueue<>();
    private final Queue<LiveAccess> marked = new ConcurrentLinkedQueue<>();
    private final OncePerMinute failures = new OncePerMinute();
    private final Runnable tick;
    private final Thread thread = new Thread(this::run, "dinrail-identity-access");
    private volatile boolean running = true;

    AccessThread(Runnable tick) {
        this.tick = tick;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    void ended(LiveAccess access) {
        ended.add(access);
        LockSupport.unpark(thread);
    }

    void marked(LiveAccess access) {
        marked.add(access);
        LockSupport.unpark(thread);
    }

    private void run() {
        long next = System.nanoTime();
        while (running) {
            if (System.nanoTime() - next >= 0) {
                guarded(tick);
                next = System.nanoTime() + TICK_NANOS;
            }
            if (!step()) {
                LockSupport.parkNanos(this, Math.max(1, next - System.nanoTime()));
            }
            Thread.interrupted(); // a listener's, or nobody's
        }
    }

    private boolean step() {
        LiveAccess gone = ended.poll();
        if (gone != null) {
            guarded(gone::tellEnd);
            return true;
        }
        LiveAccess stale = marked.poll();
        if (stale != null) {
            guarded(stale::refresh);
            return true;
        }
        return false;
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // a listener's bundle may be gone: the next one is to hear all the same
            failures.log(() -> LOG.error("a connection did not hear of its changed rights: restart its broker", e));
        }
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            LOG.warn("the thread {} goes on: a connection's listener does not return", thread.getName());
        }
    }
}
