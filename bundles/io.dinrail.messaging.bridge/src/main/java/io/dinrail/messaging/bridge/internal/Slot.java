package io.dinrail.messaging.bridge.internal;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds a service while there is one; safe for use by many threads.
 *
 * @param <T> the service.
 */
final class Slot<T> {
    private Optional<T> held = Optional.empty();

    synchronized void put(T arrived) {
        held = Optional.of(arrived);
        notifyAll();
    }

    synchronized void remove(T gone) {
        if (held.filter(service -> service == gone).isPresent()) {
            held = Optional.empty();
        }
    }

    synchronized boolean isEmpty() {
        return held.isEmpty();
    }

    /**
     * Waits until there is one, and uses it. Taking it away waits for that use, so that a service is never used after it went; the use must not block.
     */
    synchronized void use(Consumer<T> use) throws InterruptedException {
        while (held.isEmpty()) {
            wait();
        }
        use.accept(held.get());
    }
}
