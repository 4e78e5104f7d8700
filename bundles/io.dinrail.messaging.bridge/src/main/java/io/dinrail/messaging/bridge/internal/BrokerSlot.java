package io.dinrail.messaging.bridge.internal;

import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageBroker;
import java.util.Optional;
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

    /** Publishes as soon as there is a broker that takes it; waits for as long as that needs. */
    void publish(Message message) throws InterruptedException {
        while (true) {
            try {
                await().publish(message);
                return;
            } catch (IllegalStateException full) {
                pause(); // the broker is stopping or its queue is full: neither lasts
            }
        }
    }

    private MessageBroker await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (broker.isEmpty()) {
                changed.await();
            }
            return broker.orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!changed.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
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
