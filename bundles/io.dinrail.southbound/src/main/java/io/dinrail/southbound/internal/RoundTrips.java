package io.dinrail.southbound.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long the last answers took. Safe for use by many threads; a look may mix old and new ones, which does no harm to a quantile. */
final class RoundTrips {
    static final int KEPT = 1_024;

    private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
    private final AtomicLong count = new AtomicLong();

    void add(long took) {
        nanos.set((int) (count.getAndIncrement() % KEPT), took);
    }

    /** @return the quantiles of the answers kept, in nanoseconds; zeros if there was no answer. */
    long[] quantiles(double... which) {
        int kept = (int) Math.min(count.get(), KEPT);
        long[] sorted = new long[kept];
        Arrays.setAll(sorted, nanos::get);
        Arrays.sort(sorted);
        return Arrays.stream(which)
                .mapToLong(quantile -> kept == 0 ? 0 : sorted[(int) Math.min(kept - 1, Math.floor(quantile * kept))])
                .toArray();
    }
}
