package io.dinrail.broker.internal.store;

import java.time.Duration;

/**
 * The bounds of a store.
 *
 * @param maxBytes on the disk; batches that bring messages are refused beyond it. Compaction may need two segments more for a moment.
 * @param fullness a segment of which less than this part lives is compacted: 0.5 writes at most one byte again for each byte it frees.
 * @param pause between two looks for something to compact.
 */
public record StoreSettings(LogSettings log, long maxBytes, double fullness, Duration pause) {
    public static final StoreSettings DEFAULT =
            new StoreSettings(LogSettings.DEFAULT, 8L << 30, 0.5, Duration.ofMillis(500));

    public StoreSettings {
        if (!(fullness > 0 && fullness < 1)) {
            throw new IllegalArgumentException("fullness is between 0 and 1, not " + fullness);
        }
    }
}
