package io.dinrail.connector.modbus.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Knows which units behind one connection answer, so that a dead one neither stalls the others nor takes their connection down. For one thread.
 */
final class Lanes {
    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;
    private static final int MOST_IN_A_ROW = 3;

    private record Silence(int times, Instant until) {}

    private final Clock clock;
    private final Map<Integer, Silence> silent = new HashMap<>();
    private int inARow;

    Lanes(Clock clock) {
        this.clock = clock;
    }

    void answered(int unit) {
        inARow = 0;
        silent.remove(unit);
    }

    /** Lets a unit rest that didn't answer: 1 s, and twice as long each time up to 32 s. */
    void silent(int unit) {
        inARow++;
        rest(unit);
    }

    /** Lets a unit rest that a gateway can't reach; the connection itself is well. */
    void unreachable(int unit) {
        inARow = 0;
        rest(unit);
    }

    boolean rests(int unit) {
        Silence silence = silent.get(unit);
        return silence != null && clock.instant().isBefore(silence.until);
    }

    boolean isSuspect(int unit) {
        return silent.containsKey(unit);
    }

    /** @return whether nothing speaks for the connection any more: all units are silent, or several requests in a row were. */
    boolean isDead(Set<Integer> units) {
        Set<Integer> others = new HashSet<>(units);
        others.removeAll(silent.keySet());
        return inARow > 0 && (others.isEmpty() || inARow >= MOST_IN_A_ROW);
    }

    private void rest(int unit) {
        Silence last = silent.get(unit);
        int times = last == null ? 0 : Math.min(last.times + 1, MOST_DOUBLINGS);
        silent.put(unit, new Silence(times, clock.instant().plus(SHORTEST_REST.multipliedBy(1L << times))));
    }
}
