package io.dinrail.identity.h2.internal.audit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What waits to be written, in order; changes have a bound of their own, so that refusals never crowd them out. */
final class AuditQueue {
    static final int BOUND = 10_000;
    static final long FULL = 0;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private int changes;
    private long offered;
    private long written;
    private boolean closed;

    /** @return the entry's number, of all that ever waited; {@link #FULL} if there was no room. */
    synchronized long offer(Pending entry) {
        int used = entry.isChange() ? changes : waiting.size() - changes;
        if (used >= BOUND) {
            return FULL;
        }
        waiting.addLast(entry);
        changes += entry.isChange() ? 1 : 0;
        notifyAll();
        return ++offered;
    }

    /** @return the oldest entries, which stay until {@link #remove}; none if none came in time. */
    synchronized List<Pending> peek(int most, Duration patience) throws InterruptedException {
        if (waiting.isEmpty() && !closed) {
            await(patience.toNanos());
        }
        List<Pending> oldest = new ArrayList<>(Math.min(most, waiting.size()));
        for (Iterator<Pending> next = waiting.iterator(); next.hasNext() && oldest.size() < most; ) {
            oldest.add(next.next());
        }
        return oldest;
    }

    synchronized void remove(int count) {
        for (int i = 0; i < count; i++) {
            changes -= waiting.removeFirst().isChange() ? 1 : 0;
        }
        written += count;
        notifyAll();
    }

    /** Waits, and is woken by the closing. */
    synchronized void pause(Duration pause) throws InterruptedException {
        boolean wasClosed = closed;
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && closed == wasClosed; left = end - System.nanoTime()) {
            await(left);
        }
    }

    /** Waits until everything is written, or the patience is at its end. */
    synchronized void awaitEmpty(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0 && !waiting.isEmpty(); left = end - System.nanoTime()) {
            await(left);
        }
    }

    /** Waits until an entry and all before it are written; not after the closing, and not while there is no hope. */
    synchronized void awaitWritten(long number, Duration patience, BooleanSupplier hopeless)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos();
                left > 0 && written < number && !closed && !hopeless.getAsBoolean();
                left = end - System.nanoTime()) {
            await(left);
        }
    }

    /** Lets those who wait look whether there still is hope. */
    synchronized void stir() {
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int size() {
        return waiting.size();
    }

    private void await(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }
}
