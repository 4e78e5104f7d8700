package io.dinrail.command.router.internal;

import io.dinrail.event.api.BusEvent;
import io.dinrail.event.api.BusEvents;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.event.EventAdmin;

/**
 * Sends events in the order of the commits they tell of, but outside of the lock under which those were made: a handler may ask back. Who adds must send
 * before it adds again, which keeps this as short as there are threads.
 */
final class Outbox {
    private final Queue<BusEvent> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final EventAdmin events;

    Outbox(EventAdmin events) {
        this.events = events;
    }

    void add(BusEvent event) {
        waiting.add(event);
    }

    void send() {
        sending.lock();
        try {
            for (BusEvent event = waiting.poll(); event != null; event = waiting.poll()) {
                events.sendEvent(BusEvents.wrap(event));
            }
        } finally {
            sending.unlock();
        }
    }
}
