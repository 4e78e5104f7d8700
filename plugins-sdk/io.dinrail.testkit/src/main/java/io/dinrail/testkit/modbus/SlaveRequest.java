package io.dinrail.testkit.modbus;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a slave was asked.
 *
 * @param transaction of its header; 0 without one.
 * @param unit whom.
 * @param pdu from the function code on.
 */
public record SlaveRequest(int transaction, int unit, byte[] pdu) {
    /** @return the function code. */
    public int function() {
        return pdu[0] & 0xFF;
    }

    /** @return the first address. */
    public int start() {
        return word(1);
    }

    /** @return how many addresses a read asks for, or the value that functions 5 and 6 write. */
    public int count() {
        return word(3);
    }

    /** @return whether it only reads. */
    public boolean reads() {
        return function() <= 4;
    }

    int word(int index) {
        return index + 1 < pdu.length ? ByteBuffer.wrap(pdu).getShort(index) & 0xFFFF : 0;
    }

    /** @return the unit and all behind it in hexadecimal digits. */
    @Override
    public String toString() {
        return "%02x".formatted(unit) + HexFormat.of().formatHex(pdu);
    }
}
