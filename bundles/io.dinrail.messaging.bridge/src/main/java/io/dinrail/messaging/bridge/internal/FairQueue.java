package io.dinrail.messaging.bridge.internal;

import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Telemetry that waits to be taken in, in order for each device, the devices in turn. It holds 1,000 messages of a device and 50,000 in all; where either
 * bound is hit the oldest of the same device is shed, or, if it has none, the new one. Safe for use by many threads.
 */
final class FairQueue {
    private static final int MOST_OF_ONE = 1_000;
    private static final int MOST = 50_000;
    private static final int BATCH = 100;

    private final Map<DeviceId, Deque<Telemetry>> waiting = new HashMap<>();
    private final Deque<DeviceId> turns = new ArrayDeque<>();
    private int size;
    private int inHand;

    /** Takes a message in, and tells how many were shed for it: none or one. */
    synchronized int offer(Telemetry message) {
        Deque<Telemetry> own = waiting.get(message.device());
        if (own == null) {
            if (size >= MOST) {
                return 1;
            }
            own = new ArrayDeque<>();
            waiting.put(message.device(), own);
            turns.add(message.device());
        }
        int shed = 0;
        if (own.size() >= MOST_OF_ONE || size >= MOST) {
            own.removeFirst();
            size--;
            shed = 1;
        }
        own.addLast(message);
        size++;
        notifyAll();
        return shed;
    }

    /** Waits for messages, and takes up to 100 of the device whose turn it is; those taken before are through then. */
    synchronized List<Telemetry> take() throws InterruptedException {
        inHand = 0;
        notifyAll();
        while (turns.isEmpty()) {
            wait();
        }
        DeviceId device = turns.removeFirst();
        Deque<Telemetry> own = waiting.getOrDefault(device, new ArrayDeque<>());
        List<Telemetry> batch = new ArrayList<>();
        while (!own.isEmpty() && batch.size() < BATCH) {
            batch.add(own.removeFirst());
        }
        size -= batch.size();
        inHand = batch.size();
        if (own.isEmpty()) {
            waiting.remove(device);
        } else {
            turns.addLast(device);
        }
        return batch;
    }

    /** Waits until all is through, at most so long. @return how many messages are not. */
    synchronized int drain(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        for (long left = end - System.nanoTime(); left > 0 && size + inHand > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return size + inHand;
    }
}
