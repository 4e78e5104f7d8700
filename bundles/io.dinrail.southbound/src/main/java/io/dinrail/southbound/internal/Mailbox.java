package io.dinrail.southbound.internal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where others leave work for an instance's thread, and where that thread waits. Takes work only while the instance is connected: what waits when the
 * connection goes is handed back, never sent later. Safe for use by many threads.
 */
final class Mailbox {
    static final int MOST = 100;

    /** What became of a request. */
    enum Taken {
        YES,
        FULL,
        NOT_CONNECTED
    }

    /** Requests that nobody will serve. */
    record Rest(List<WriteRequest> writes, List<ReadRequest> reads, List<Errand<?>> errands) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<WriteRequest> writes = new ArrayDeque<>();
    private final Deque<ReadRequest> reads = new ArrayDeque<>();
    private final Deque<Errand<?>> errands = new ArrayDeque<>();
    private final Deque<WriteRequest> kept = new ArrayDeque<>();
    private boolean open;
    private boolean woken;

    Taken offer(WriteRequest request) {
        return offer(writes, request);
    }

    Taken offer(ReadRequest request) {
        return offer(reads, request);
    }

    Taken offer(Errand<?> errand) {
        return offer(errands, errand);
    }

    /** Keeps a write that may be written again when the device is back. @return whether there is room. */
    boolean keep(WriteRequest request) {
        lock.lock();
        try {
            return kept.size() < MOST && kept.add(request);
        } finally {
            lock.unlock();
        }
    }

    /** @return the kept writes that are too old, which are kept no longer. */
    List<WriteRequest> expired(Instant now) {
        lock.lock();
        try {
            List<WriteRequest> old =
                    kept.stream().filter(write -> write.expires().isBefore(now)).toList();
            kept.removeAll(old);
            return old;
        } finally {
            lock.unlock();
        }
    }

    /** What was kept is to be written now, before what came later. */
    void takeUp() {
        lock.lock();
        try {
            takeUpKept();
        } finally {
            lock.unlock();
        }
    }

    private void takeUpKept() {
        while (!kept.isEmpty()) {
            writes.addFirst(kept.removeLast());
        }
    }

    /** Takes requests from now on; what was kept comes first. */
    void open() {
        lock.lock();
        try {
            open = true;
            takeUpKept();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more requests. @return those that waited. */
    Rest shut() {
        lock.lock();
        try {
            open = false;
            return new Rest(taken(writes), taken(reads), taken(errands));
        } finally {
            lock.unlock();
        }
    }

    Optional<WriteRequest> nextWrite() {
        return next(writes);
    }

    Optional<ReadRequest> nextRead() {
        return next(reads);
    }

    Optional<Errand<?>> nextErrand() {
        return next(errands);
    }

    /** @return how many requests wait. */
    int size() {
        lock.lock();
        try {
            return writes.size() + reads.size() + errands.size() + kept.size();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work or a call to look around, at most so long. */
    void await(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!woken && writes.isEmpty() && reads.isEmpty() && errands.isEmpty() && left > 0) {
                left = news.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    private <T> Optional<T> next(Deque<T> queue) {
        lock.lock();
        try {
            return Optional.ofNullable(queue.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    private <T> Taken offer(Deque<T> queue, T request) {
        lock.lock();
        try {
            if (!open) {
                return Taken.NOT_CONNECTED;
            }
            if (queue.size() >= MOST) {
                return Taken.FULL;
            }
            queue.addLast(request);
            news.signalAll();
            return Taken.YES;
        } finally {
            lock.unlock();
        }
    }

    private static <T> List<T> taken(Deque<T> queue) {
        List<T> all = new ArrayList<>(queue);
        queue.clear();
        return all;
    }
}
