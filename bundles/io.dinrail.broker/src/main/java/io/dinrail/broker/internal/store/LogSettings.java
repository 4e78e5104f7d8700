package io.dinrail.broker.internal.store;

import java.time.Duration;

/**
 * How a log is cut and when it is forced.
 *
 * @param segmentBytes a segment that reaches this is followed by the next, at most 512 MiB.
 * @param pendingBytes what may be appended and not yet be forced.
 * @param commitDelay how long a busy log waits for more before it forces; an idle one never waits.
 * @param writeBehind how long written bytes may stay unforced when nobody asks for force.
 * @param retry how long to wait after the disk refused.
 */
public record LogSettings(
        int segmentBytes, int pendingBytes, Duration commitDelay, Duration writeBehind, Duration retry) {
    public static final LogSettings DEFAULT =
            new LogSettings(64 << 20, 32 << 20, Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(200));

    public LogSettings {
        if (segmentBytes < 256 || segmentBytes > 512 << 20) {
            throw new IllegalArgumentException("segmentBytes is from 256 to 536870912, not " + segmentBytes);
        }
    }
}
