package io.dinrail.messaging.bridge.internal;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the broker while there is one; safe for use by many threads. */
final class BrokerSlot {
    private static final long PAUSE_MS = 200;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<MessageBroker> broker = Optional.empty();

    void put(MessageBroker arrived) {
        set(Optional.of(arrived));
    }

    void remove(MessageBroker gone) {
        lock.lock();
        try {
            if (broker.filter(held -> held == gone).isPresent()) {
                set(Optional.empty());
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<MessageBroker> now() {
        lock.lock();
        try {
            return broker;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Publishes as soon as there is a broker that takes it; waits for as long as that needs.
     *
     * @return how many sessions it was routed to.
     * @throws InterruptedException if the thread is interrupted and would have to wait; nothing was published then.
     */
    int publish(Message message) throws InterruptedException {
        OptionalInt routed = taken(message);
        while (routed.isEmpty()) {
            pause();
            routed = taken(message);
        }
        return routed.getAsInt();
    }

    private OptionalInt taken(Message message) {
        Optional<MessageBroker> now = now();
        if (now.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean interrupted = Thread.interrupted(); // it might close the broker's files in the middle of a write
        try {
            return OptionalInt.of(now.get().publish(message));
        } catch (IllegalStateException e) {
            return OptionalInt.empty(); // it is stopping or its queue is full: neither lasts
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until a broker comes, or, if there is one that takes nothing, for a moment. */
    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (broker.isPresent()) {
                var ignored = changed.await(PAUSE_MS, TimeUnit.MILLISECONDS); // a change or the time: it is tried again
            }
            while (broker.isEmpty()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(Optional<MessageBroker> next) {
        lock.lock();
        try {
            broker = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
