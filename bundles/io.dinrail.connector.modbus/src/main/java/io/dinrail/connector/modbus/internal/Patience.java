package io.dinrail.connector.modbus.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long to wait for a unit, and how often to ask it again. A unit that has the connection for itself gets the whole timeout each time. Where several
 * share it, all attempts together take one timeout at most, so that the others wait no longer than that: a unit known to be fast is asked again within
 * it, a slow one isn't asked again. For one thread.
 */
final class Patience {
    /** So many times its slowest answer is more than a unit needs. */
    private static final int AMPLE = 3;

    private static final double MEMORY = 0.98;

    /**
     * What one read may spend.
     *
     * @param each for one answer.
     * @param attempts how often to ask, at least once.
     */
    record Budget(Duration each, int attempts) {}

    private final Duration timeout;
    private final int retries;
    private final Map<Integer, Double> slowest = new HashMap<>();

    Patience(Duration timeout, int retries) {
        this.timeout = timeout;
        this.retries = retries;
    }

    Budget budget(int unit, boolean shared) {
        if (!shared || retries == 0) {
            return new Budget(timeout, retries + 1);
        }
        Duration part = timeout.dividedBy(retries + 1);
        Double needed = slowest.get(unit);
        return needed != null && needed * AMPLE < part.toNanos()
                ? new Budget(part, retries + 1)
                : new Budget(timeout, 1);
    }

    void answered(int unit, long nanos) {
        slowest.merge(unit, (double) nanos, (before, now) -> Math.max(now, before * MEMORY));
    }

    /** A unit that was silent may have become slow. */
    void silent(int unit) {
        slowest.remove(unit);
    }
}
