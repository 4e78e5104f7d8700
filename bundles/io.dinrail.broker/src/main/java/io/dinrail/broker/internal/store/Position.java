package io.dinrail.broker.internal.store;

/** Where a message stands and about how large it is, in one long: 26 bits segment, 30 bits offset, 8 bits size. Zero is nowhere. */
final class Position {
    static final int MAX_SEGMENT = (1 << 26) - 1;
    private static final long OFFSET = (1L << 30) - 1;

    private Position() {}

    static long of(int segment, long offset, int size) {
        if (segment > MAX_SEGMENT || offset > OFFSET) {
            throw new IllegalStateException("the message store has had as many segments as it can: " + segment
                    + "; empty its directory when the queues are drained");
        }
        return (long) segment << 38 | offset << 8 | sizeClass(size);
    }

    static int segment(long position) {
        return (int) (position >>> 38);
    }

    static long offset(long position) {
        return position >>> 8 & OFFSET;
    }

    /** Never less than the size it was made with, and at most an eighth more. */
    static int size(long position) {
        int sizeClass = (int) (position & 0xFF);
        if (sizeClass < 16) {
            return sizeClass;
        }
        int octave = (sizeClass - 16) >> 3;
        return ((sizeClass - 16 & 7) + 8) << octave + 1;
    }

    private static int sizeClass(int size) {
        if (size < 16) {
            return size;
        }
        int octave = 31 - Integer.numberOfLeadingZeros(size) - 4;
        int eighths = (size + (1 << octave + 1) - 1 >> octave + 1) - 8;
        return 16 + (octave << 3) + eighths;
    }
}
