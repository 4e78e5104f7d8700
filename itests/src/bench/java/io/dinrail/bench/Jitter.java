package io.dinrail.bench;

import java.util.Arrays;

/** By how much the last polls of all devices together missed their period. */
final class Jitter {
    private static final int KEPT = 3_000;

    private final long[] missed = new long[KEPT];
    private long count;

    synchronized void add(long nanos) {
        missed[(int) (count++ % KEPT)] = Math.abs(nanos);
    }

    /** @return a quantile in microseconds. */
    synchronized long micros(double quantile) {
        int kept = (int) Math.min(count, KEPT);
        long[] sorted = Arrays.copyOf(missed, kept);
        Arrays.sort(sorted);
        return kept == 0 ? 0 : sorted[(int) Math.min(kept - 1, Math.floor(kept * quantile))] / 1_000;
    }
}
