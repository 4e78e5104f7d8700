package io.dinrail.connector.modbus.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A request without unit and frame, and what a right answer to it looks like: everything in an answer that can be checked is checked. Immutable.
 */
public final class Request {
    /** Set in the function code of an answer that refuses. */
    static final int REFUSAL = 0x80;

    private static final int LAST_BIT_READ = 2;
    private static final int LAST_READ = 4;
    private static final int BITS_A_STEP = 16;
    private static final int MOST_STEPS = 125;
    private static final int ADDRESSES = 0x10000;
    private static final int WRITE_COIL = 5;
    private static final int WRITE_REGISTER = 6;
    private static final int DIAGNOSTICS = 8;
    private static final int WRITE_COILS = 15;
    private static final int WRITE_REGISTERS = 16;
    private static final int MASK_REGISTER = 22;
    private static final int READ_WRITE_REGISTERS = 23;

    private final byte[] pdu;
    /** Bytes of data in a right answer; -1 if it repeats the request's beginning instead. */
    private final int data;
    /** How much of the request the answer repeats. */
    private final int echo;

    private Request(byte[] pdu, int data, int echo) {
        this.pdu = pdu;
        this.data = data;
        this.echo = echo;
    }

    /**
     * Reads.
     *
     * @param function 1 to 4.
     * @param start the first address.
     * @param count bits with functions 1 and 2, registers with 3 and 4.
     * @return the request.
     */
    public static Request read(int function, int start, int count) {
        return new Request(words(function, start, count), function <= 2 ? (count + 7) / 8 : count * 2, 0);
    }

    /** @return a request that writes one coil with function 5. */
    public static Request writeCoil(int at, boolean on) {
        return repeated(words(WRITE_COIL, at, on ? 0xFF00 : 0));
    }

    /** @return a request that writes one coil with function 15. */
    public static Request writeCoils(int at, boolean on) {
        return counted(words(WRITE_COILS, at, 1), new byte[] {(byte) (on ? 1 : 0)});
    }

    /** @return a request that writes one register with function 6. */
    public static Request writeRegister(int at, int value) {
        return repeated(words(WRITE_REGISTER, at, value));
    }

    /** @return a request that writes whole registers, as they stand in the bytes, with function 16. */
    public static Request writeRegisters(int start, byte[] registers) {
        return counted(words(WRITE_REGISTERS, start, registers.length / 2), registers);
    }

    /** @return a request that sets and clears bits of a register with function 22. */
    public static Request mask(int at, int and, int or) {
        return repeated(words(MASK_REGISTER, at, and, or));
    }

    /** @return a request that writes whole registers and reads the same ones with function 23. */
    public static Request writeAndRead(int start, byte[] registers) {
        int count = registers.length / 2;
        byte[] pdu = withData(words(READ_WRITE_REGISTERS, start, count, start, count), registers);
        return new Request(pdu, registers.length, 0);
    }

    /** @return a request that a device returns as it is: function 8, return query data. */
    static Request echo(int word) {
        return repeated(words(DIAGNOSTICS, 0, word));
    }

    boolean isRead() {
        return function() <= LAST_READ;
    }

    /** @return reads from the same place on whose answers are of other lengths; shorter ones first, for these are rather allowed. */
    Stream<Request> ofOtherLengths() {
        if (!isRead()) {
            return Stream.empty();
        }
        int start = word(1);
        int count = word(3);
        int step = function() <= LAST_BIT_READ ? BITS_A_STEP : 1;
        Stream<Integer> shorter = Stream.iterate(count - step, fewer -> fewer > 0, fewer -> fewer - step);
        Stream<Integer> longer = Stream.iterate(
                count + step, more -> more <= MOST_STEPS * step && start + more <= ADDRESSES, more -> more + step);
        return Stream.concat(shorter, longer).map(other -> read(function(), start, other));
    }

    private int word(int index) {
        return ByteBuffer.wrap(pdu).getShort(index) & 0xFFFF;
    }

    boolean isEcho() {
        return function() == DIAGNOSTICS;
    }

    boolean isRepeatedBy(byte[] answer) {
        return Arrays.equals(answer, pdu);
    }

    /** @return the function code. */
    public int function() {
        return pdu[0] & 0xFF;
    }

    byte[] pdu() {
        return pdu.clone();
    }

    int length() {
        return pdu.length;
    }

    void put(ByteBuffer into) {
        into.put(pdu);
    }

    /** @return the length of an answer that doesn't refuse, from its function code on. */
    int answerLength() {
        return data >= 0 ? 2 + data : echo;
    }

    /** @return whether the second byte of a right answer is a number of bytes, and which. */
    boolean announces(int bytes) {
        return data < 0 || data == bytes;
    }

    /**
     * Checks an answer that doesn't refuse.
     *
     * @param answer from its function code on.
     * @return its data; nothing for a write.
     */
    byte[] check(byte[] answer) throws Violation {
        int function = answer[0] & 0xFF;
        if (function != function()) {
            throw new Violation(
                    Fault.FUNCTION, "answered function " + function + " where " + function() + " was asked for");
        }
        if (data < 0) {
            if (!Arrays.equals(answer, 0, answer.length, pdu, 0, echo)) {
                throw new Violation(Fault.ECHO, "confirmed another write than it was asked for");
            }
            return new byte[0];
        }
        int announced = answer.length > 1 ? answer[1] & 0xFF : 0;
        if (announced != answer.length - 2) {
            throw new Violation(
                    Fault.BYTE_COUNT, "announced " + announced + " bytes of data and sent " + (answer.length - 2));
        }
        if (announced != data) {
            throw miscounted(announced);
        }
        return Arrays.copyOfRange(answer, 2, answer.length);
    }

    Violation miscounted(int bytes) {
        return new Violation(
                Fault.REGISTER_COUNT, "answered " + bytes + " bytes of data where " + data + " were asked for");
    }

    private static Request repeated(byte[] pdu) {
        return new Request(pdu, -1, pdu.length);
    }

    private static Request counted(byte[] head, byte[] data) {
        return new Request(withData(head, data), -1, head.length);
    }

    private static byte[] withData(byte[] head, byte[] data) {
        return ByteBuffer.allocate(head.length + 1 + data.length)
                .put(head)
                .put((byte) data.length)
                .put(data)
                .array();
    }

    private static byte[] words(int function, int... words) {
        ByteBuffer pdu = ByteBuffer.allocate(1 + 2 * words.length).put((byte) function);
        for (int word : words) {
            pdu.putShort((short) word);
        }
        return pdu.array();
    }
}
