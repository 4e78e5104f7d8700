package io.dinrail.connector.modbus.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long to wait for a unit, and how often to ask it again. A unit that has the connection for itself gets the whole timeout each time. Where several
 * share it, all attempts together take what the others can wait, one timeout at most: a unit known to be fast is asked again within it, a slow one isn't.
 * Who is silent for less than a whole timeout in one piece is heard again later, with one. For one thread.
 */
final class Patience {
    /** So many times its slowest answer is more than a unit needs. */
    private static final int AMPLE = 3;

    private static final double MEMORY = 0.98;

    /**
     * What one read may spend.
     *
     * @param all for all of it; what is left after that is read later.
     * @param each for one answer.
     * @param attempts how often to ask, at least once.
     * @param began when it began, of {@link System#nanoTime()}.
     */
    record Budget(Duration all, Duration each, int attempts, long began) {
        Budget(Duration all, Duration each, int attempts) {
            this(all, each, attempts, System.nanoTime());
        }

        /** @return what is left of all, in nanoseconds. */
        long left() {
            return all.toNanos() - (System.nanoTime() - began);
        }

        /** @return for one answer, but no more than is left. */
        Duration rest() {
            return left() < each.toNanos() ? Duration.ofNanos(left()) : each;
        }
    }

    private final Duration timeout;
    private final int retries;
    private final Map<Integer, Double> slowest = new HashMap<>();

    Patience(Duration timeout, int retries) {
        this.timeout = timeout;
        this.retries = retries;
    }

    /** For a unit that has the connection for itself. */
    Budget alone() {
        return new Budget(Duration.ofNanos(Long.MAX_VALUE), timeout, retries + 1);
    }

    /** For one of several units. @param others how long they can wait. */
    Budget shared(int unit, Duration others) {
        Duration limit = others.compareTo(timeout) < 0 ? others : timeout;
        Double needed = slowest.get(unit);
        int attempts = needed == null ? 1 : (int) (limit.toNanos() / (needed * AMPLE));
        int allowed = Math.max(1, Math.min(attempts, retries + 1));
        return new Budget(others, limit.dividedBy(allowed), allowed);
    }

    /** @return whether somebody who was silent for so long had all the time there is. */
    boolean isWhole(long nanos) {
        return nanos >= timeout.toNanos();
    }

    /** @return what an answer of the unit may take, in nanoseconds; zero if it hasn't answered. */
    double usual(int unit) {
        return slowest.getOrDefault(unit, 0.0);
    }

    void answered(int unit, long nanos) {
        slowest.merge(unit, (double) nanos, (before, now) -> Math.max(now, before * MEMORY));
    }

    /** A unit that was silent may have become slow. */
    void silent(int unit) {
        slowest.remove(unit);
    }
}
