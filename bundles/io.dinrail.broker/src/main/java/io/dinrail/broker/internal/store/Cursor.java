package io.dinrail.broker.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the records of a body; whoever reads beyond one, or what can't be in it, gets an IllegalArgumentException. */
final class Cursor {
    final byte[] array;
    private final int bodyEnd;
    private int next;
    private int start;
    private int at;

    Cursor(byte[] array, int from, int length) {
        this.array = array;
        this.next = from;
        this.bodyEnd = from + length;
    }

    boolean step() {
        if (bodyEnd - next < 5) {
            return false;
        }
        start = next;
        at = start + 5;
        next = at + Frames.getInt(array, start + 1);
        return next <= bodyEnd && next >= at;
    }

    byte kind() {
        return array[start];
    }

    /** Where the record begins in the array. */
    int start() {
        return start;
    }

    int size() {
        return next - start;
    }

    boolean more() {
        return at < next;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = array[skip(1)];
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    int int32() {
        return Frames.getInt(array, skip(4));
    }

    byte[] sized() {
        long count = varint();
        int from = skip(count);
        return Arrays.copyOfRange(array, from, at);
    }

    private int skip(long count) {
        if (count < 0 || count > next - at) {
            throw new IllegalArgumentException(
                    "a record of kind " + kind() + " has " + left() + " bytes left, not " + count);
        }
        int from = at;
        at += (int) count;
        return from;
    }

    byte[] rest() {
        return Arrays.copyOfRange(array, at, next);
    }

    int position() {
        return at;
    }

    int left() {
        return next - at;
    }

    String text() {
        return new String(sized(), StandardCharsets.UTF_8);
    }
}
