package io.dinrail.broker.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the records of a body. */
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
            byte part = array[at++];
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    int int32() {
        at += 4;
        return Frames.getInt(array, at - 4);
    }

    byte[] sized() {
        int count = (int) varint();
        at += count;
        return Arrays.copyOfRange(array, at - count, at);
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
