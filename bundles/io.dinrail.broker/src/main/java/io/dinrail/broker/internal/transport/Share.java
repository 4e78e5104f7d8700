package io.dinrail.broker.internal.transport;

import io.netty.channel.WriteBufferWaterMark;

/**
 * How much may wait for one connection's reader: what a site allows while there are few, and less the more there are, so that all together, reading nothing,
 * take a quarter of the memory. Guarded by the lock of {@link Connections}.
 */
final class Share {
    /** No connection has less, or it would stop at each packet. */
    static final int LEAST = 16_384;

    private static final int PART = 4;

    private final int most;
    private final long memory;
    private int bytes;

    Share(int most, long memory) {
        this.most = most;
        this.memory = memory / PART;
        this.bytes = most;
    }

    /** Answers whether so many connections have another share than before; it grows only when twice as many could, so that it doesn't change with each. */
    boolean changes(int connections) {
        int before = bytes;
        bytes = Math.min(fair(connections), Math.max(bytes, fair(2L * connections)));
        return bytes != before;
    }

    private int fair(long connections) {
        return (int) Math.max(LEAST, Math.min(most, Long.highestOneBit(memory / Math.max(1, connections))));
    }

    /** Over the upper one a connection isn't written to, until it is under the lower one again. */
    WriteBufferWaterMark marks() {
        return new WriteBufferWaterMark(bytes / PART, bytes);
    }
}
