package io.dinrail.device.h2.internal;

import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Devices heard of and not yet stored, each once and at most so many. Its lock is never held while anything else is done, so that event handlers
 * may call it. Waiting ends by {@link #close()}, so that the thread which waits here is never interrupted while it uses the store.
 */
final class Newcomers {
    private final Set<DeviceId> waiting = new LinkedHashSet<>();
    private final int most;
    private long turnedAway;
    private boolean closed;

    Newcomers(int most) {
        this.most = most;
    }

    /** @return whether the device is waiting now; false, and counted, when the place is full or closed. */
    synchronized boolean offer(DeviceId id) {
        if (closed || waiting.size() >= most && !waiting.contains(id)) {
            turnedAway++;
            return false;
        }
        waiting.add(id);
        notifyAll();
        return true;
    }

    /** Waits for at least one; empty once closed and drained. */
    synchronized List<DeviceId> take(int atMost) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<DeviceId> taken = new ArrayList<>();
        Iterator<DeviceId> next = waiting.iterator();
        while (next.hasNext() && taken.size() < atMost) {
            taken.add(next.next());
            next.remove();
        }
        return taken;
    }

    /** @return how often somebody was turned away since this was last asked; 0 while others still wait. */
    synchronized long turnedAway() {
        long count = waiting.isEmpty() ? turnedAway : 0;
        turnedAway -= count;
        return count;
    }

    /**
     * Waits before the next try.
     *
     * @return whether there should be one; false once closed.
     */
    synchronized boolean pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toMillis();
        while (!closed && left > 0) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        return !closed;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
