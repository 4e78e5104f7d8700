package io.dinrail.connector.modbus.internal.wire;

import java.io.IOException;
import java.util.Arrays;

/** What came over a line and is not understood yet; holds at most about one frame. For one thread. */
final class Inbox {
    private static final int SIZE = 512;

    private final Line line;
    private final byte[] bytes = new byte[SIZE];
    private int size;
    private long received;

    Inbox(Line line) {
        this.line = line;
    }

    /** @return whether so many bytes are here at the latest at the deadline. */
    boolean holds(int count, long deadline) throws IOException {
        while (size < count) {
            int got = line.receive(bytes, size, SIZE - size, deadline);
            if (got == 0) {
                return false;
            }
            size += got;
            received += got;
        }
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** @return whether a byte is here or waits on the line. */
    boolean hasBytes() throws IOException {
        return size > 0 || line.hasBytes();
    }

    int octet(int index) {
        return bytes[index] & 0xFF;
    }

    int word(int index) {
        return octet(index) << 8 | octet(index + 1);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    void drop(int count) {
        System.arraycopy(bytes, count, bytes, 0, size - count);
        size -= count;
    }

    void clear() {
        size = 0;
    }

    /** @return the bytes received over the line's whole life. */
    long received() {
        return received;
    }
}
