package io.dinrail.broker.internal.store;

import java.util.Arrays;

/** Adjoining bytes of one segment on their way to the file. Filled under the log's lock; closed before it is written. */
final class Block {
    static final int FULL = 1 << 20;
    private static final int SMALL = 1 << 14;

    final Segment segment;
    final long start;
    byte[] bytes;
    int length;
    long lastSequence;

    Block(Segment segment, int room) {
        this.segment = segment;
        this.start = segment.end;
        this.bytes = new byte[Math.max(SMALL, room)];
    }

    boolean takes(Segment into, int more) {
        return segment == into && (length == 0 || length + more <= FULL);
    }

    int grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(2 * bytes.length, FULL)));
        }
        int at = length;
        length += more;
        return at;
    }

    boolean holds(Segment of, long offset) {
        return segment == of && offset >= start && offset < start + length;
    }
}
