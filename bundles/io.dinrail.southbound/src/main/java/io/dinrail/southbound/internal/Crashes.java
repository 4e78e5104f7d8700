package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers an instance's crashes, to tell bad luck from a defect; safe for use by many threads. */
final class Crashes {
    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofMinutes(10);

    private final Timepiece time;
    private final Deque<Long> recent = new ArrayDeque<>();

    Crashes(Timepiece time) {
        this.time = time;
    }

    /** Counts one more. @return whether these are too many. */
    synchronized boolean oneMore() {
        recent.addLast(time.nanos());
        while (time.passed(recent.getFirst(), WITHIN)) {
            recent.removeFirst();
        }
        return recent.size() >= MOST;
    }

    synchronized void forget() {
        recent.clear();
    }
}
