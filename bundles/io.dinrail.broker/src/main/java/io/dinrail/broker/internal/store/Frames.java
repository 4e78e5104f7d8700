package io.dinrail.broker.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The bytes of one segment's header and frames. */
final class Frames {
    static final int SEGMENT_HEADER = 80;
    static final int HEADER = 28;
    static final int MARK = 0;
    static final int CRC = 4;
    static final int LENGTH = 8;
    static final int SEQUENCE = 12;
    static final int FORCED = 20;

    private static final int COPY = SEGMENT_HEADER / 2;
    private static final long MAGIC = 0x44494E5241494C31L;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] salt = new byte[8];
    private final int mark;

    Frames(long salt) {
        setLong(this.salt, 0, salt);
        this.mark = (int) (salt >>> 32) ^ (int) salt;
    }

    static byte[] segmentHeader(long id, long salt, long firstSequence) {
        ByteBuffer copy = ByteBuffer.allocate(SEGMENT_HEADER / 2);
        copy.putLong(MAGIC).putLong(id).putLong(salt).putLong(firstSequence);
        copy.putInt(crc(copy.array(), 0, COPY - 8));
        return ByteBuffer.allocate(SEGMENT_HEADER)
                .put(copy.array())
                .put(copy.array())
                .array();
    }

    /** Whether one of the two copies is whole and of this segment; where it stands, or -1. */
    static int wholeCopy(byte[] header, int length, long id) {
        for (int at = 0; at + COPY <= length; at += COPY) {
            if (getLong(header, at) == MAGIC
                    && getLong(header, at + 8) == id
                    && getInt(header, at + COPY - 8) == crc(header, at, COPY - 8)) {
                return at;
            }
        }
        return -1;
    }

    static long salt(byte[] header, int copy) {
        return getLong(header, copy + 16);
    }

    static long firstSequence(byte[] header, int copy) {
        return getLong(header, copy + 24);
    }

    int mark() {
        return mark;
    }

    /** Writes the header in front of a body that is already in its place. */
    void seal(byte[] bytes, int at, int bodyLength, long sequence, long forced) {
        setInt(bytes, at + MARK, mark);
        setInt(bytes, at + LENGTH, bodyLength);
        setLong(bytes, at + SEQUENCE, sequence);
        setLong(bytes, at + FORCED, forced);
        setInt(bytes, at + CRC, checksum(bytes, at, bodyLength));
    }

    boolean whole(byte[] bytes, int at, int bodyLength) {
        return getInt(bytes, at + CRC) == checksum(bytes, at, bodyLength);
    }

    private int checksum(byte[] bytes, int at, int bodyLength) {
        CRC32C crc = new CRC32C();
        crc.update(salt, 0, salt.length);
        crc.update(bytes, at + LENGTH, HEADER - LENGTH + bodyLength);
        return (int) crc.getValue();
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void setInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void setLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }
}
