package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;

/** Numbers of one to four bytes, as lengths are written. */
final class VariableInteger {
    static final int HIGHEST = 268_435_455;

    private VariableInteger() {}

    static int size(int value) {
        return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
    }

    static void write(ByteBuf out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.writeByte(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** Reads a number that was checked before. */
    static int get(ByteBuf in, int index) {
        int value = 0;
        int at = index;
        for (int shift = 0; ; shift += 7) {
            int next = in.getByte(at++);
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
