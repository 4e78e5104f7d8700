package io.dinrail.command.router.internal;

import io.dinrail.event.api.BusEvent;
import io.dinrail.event.api.BusEvents;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events in the order of the commits they tell of, but outside of the lock under which those were made: a handler may ask back. Who adds must send
 * before it adds again, which keeps this as short as there are threads.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Queue<BusEvent> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final EventAdmin events;
    /** Guarded by the lock. */
    private boolean failing;

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
                tell(event);
            }
        } finally {
            sending.unlock();
        }
    }

    /** What it tells of is in the store: whoever fails here, it is done, and the next event is told all the same. */
    private void tell(BusEvent event) {
        try {
            events.sendEvent(BusEvents.wrap(event));
            failing = false;
        } catch (RuntimeException | LinkageError e) {
            if (!failing) {
                LOG.warn(
                        "Event Admin could not be told of {}, nor perhaps of what follows: {}",
                        event.topic(),
                        e.toString());
            }
            failing = true;
        }
    }
}
