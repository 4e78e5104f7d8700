package io.dinrail.broker.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Records as they are written, one behind the other. */
final class Bytes {
    byte[] array = new byte[256];
    int length;
    private int record;

    Bytes begin(byte kind) {
        record = room(5);
        array[record] = kind;
        return this;
    }

    void end() {
        Frames.setInt(array, record + 1, length - record - 5);
    }

    Bytes varint(long value) {
        int at = room(10);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            array[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        array[at++] = (byte) left;
        length = at;
        return this;
    }

    Bytes int32(int value) {
        int at = room(4);
        Frames.setInt(array, at, value);
        return this;
    }

    /** The rest of a record, without its length. */
    Bytes rest(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    Bytes sized(byte[] bytes) {
        return varint(bytes.length).rest(bytes);
    }

    Bytes text(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes raw(byte[] bytes, int from, int count) {
        int at = room(count);
        System.arraycopy(bytes, from, array, at, count);
        return this;
    }

    private int room(int more) {
        int at = length;
        if (at + more > array.length) {
            array = Arrays.copyOf(array, Math.max(at + more, 2 * array.length));
        }
        length = at + more;
        return at;
    }
}
