package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Takes strings out of packets and refuses what is not well-formed; holds the bytes of the string taken last. */
final class Utf8 {
    static final int USUAL = 512;
    private static final byte[] NOTHING = {};
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[USUAL];
        }
    };

    private final boolean refusesControls;
    private byte[] bytes = NOTHING;
    private int from;
    private int length;
    private boolean ascii;

    Utf8(boolean refusesControls) {
        this.refusesControls = refusesControls;
    }

    /** Copies the bytes, without looking at them. */
    void load(ByteBuf in, int index, int size) {
        bytes = size <= USUAL ? SCRATCH.get() : new byte[size];
        in.getBytes(index, bytes, 0, size);
        select(0, size);
    }

    /** Picks one string out of the bytes that were copied. */
    void select(int start, int size) {
        from = start;
        length = size;
    }

    boolean has(char character) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == character) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of the bytes. */
    void clear() {
        bytes = NOTHING;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes a string of the bytes, after {@link #check()}. */
    String string() {
        return new String(bytes, from, length, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    void check() throws MalformedPacket {
        int end = from + length;
        int at = endOfPlain(end);
        ascii = at == end;
        while (at < end) {
            at = checkOne(at, end);
        }
    }

    /** Finds the first byte that isn't ASCII, or is NUL, or a control character when these are refused. */
    private int endOfPlain(int end) {
        int at = from;
        if (refusesControls) {
            while (at < end && bytes[at] >= ' ' && bytes[at] != 0x7F) {
                at++;
            }
            return at;
        }
        while (at + 8 <= end && isPlain((long) LONGS.get(bytes, at))) {
            at += 8;
        }
        while (at < end && bytes[at] > 0) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(long eight) {
        return ((eight | (eight - LOW_BITS)) & HIGH_BITS) == 0;
    }

    private int checkOne(int at, int end) throws MalformedPacket {
        int size = size(bytes[at] & 0xFF);
        if (at + size > end) {
            throw malformed("a string ends within a character [MQTT-1.5.4-1; 3.1.1: MQTT-1.5.3-1]");
        }
        int point = size == 1 ? bytes[at] : bytes[at] & 0xFF >> size + 1;
        for (int i = at + 1; i < at + size; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                throw malformed("a string is not well-formed UTF-8 [MQTT-1.5.4-1; 3.1.1: MQTT-1.5.3-1]");
            }
            point = point << 6 | bytes[i] & 0x3F;
        }
        checkPoint(point, size);
        return at + size;
    }

    private static int size(int first) throws MalformedPacket {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            throw malformed("a string is not well-formed UTF-8 [MQTT-1.5.4-1; 3.1.1: MQTT-1.5.3-1]");
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    private void checkPoint(int point, int size) throws MalformedPacket {
        boolean overlong = size == 3 && point < 0x800 || size == 4 && point < 0x1_0000;
        if (overlong || point > Character.MAX_CODE_POINT || point >= 0xD800 && point <= 0xDFFF) {
            throw malformed("a string has an overlong form, a surrogate or a number beyond U+10FFFF"
                    + " [MQTT-1.5.4-1; 3.1.1: MQTT-1.5.3-1]");
        }
        if (point == 0) {
            throw malformed("a string has the character U+0000 [MQTT-1.5.4-2; 3.1.1: MQTT-1.5.3-2]");
        }
        if (refusesControls && isDiscouraged(point)) {
            throw malformed("a string has a control character or a non-character, which are refused here");
        }
    }

    private static boolean isDiscouraged(int point) {
        return Character.isISOControl(point) || point >= 0xFDD0 && point <= 0xFDEF || (point & 0xFFFE) == 0xFFFE;
    }

    /**
     * Encodes a string of our own.
     *
     * @throws IllegalArgumentException if it can't stand in a packet: NUL, a lone surrogate, or longer than 65,535 bytes.
     */
    static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF || text.indexOf('\0') >= 0 || hasLoneSurrogate(text)) {
            throw new IllegalArgumentException(
                    "no MQTT string: it has U+0000, half a surrogate pair or over 65535 bytes");
        }
        return bytes;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
