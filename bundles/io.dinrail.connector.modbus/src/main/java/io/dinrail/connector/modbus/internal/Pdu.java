package io.dinrail.connector.modbus.internal;

import io.dinrail.model.api.TagValue;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Requests, and what a right answer to each looks like: everything in an answer that can be checked is checked. */
final class Pdu {
    private static final int WRITE_COIL = 5;
    private static final int WRITE_REGISTER = 6;
    private static final int WRITE_REGISTERS = 16;
    private static final int MASK_REGISTER = 22;
    private static final int ERROR = 0x80;

    private Pdu() {}

    static byte[] read(Block block) {
        return ByteBuffer.allocate(5)
                .put((byte) block.area().readFunction())
                .putShort((short) block.start())
                .putShort((short) block.count())
                .array();
    }

    /** @throws IllegalArgumentException if the value has no place in the point. */
    static byte[] write(ModbusPoint point, TagValue value) {
        Address address = point.address();
        if (address.area().bits()) {
            return words(WRITE_COIL, address.offset(), DataType.state(value) ? 0xFF00 : 0);
        }
        if (address.bit() != Address.WHOLE) {
            int mask = 1 << address.bit();
            return words(MASK_REGISTER, address.offset(), ~mask, DataType.state(value) ? mask : 0);
        }
        byte[] data = point.order().apply(point.type().encode(value));
        if (data.length == 2) {
            return words(WRITE_REGISTER, address.offset(), ByteBuffer.wrap(data).getShort());
        }
        byte[] head = words(WRITE_REGISTERS, address.offset(), data.length / 2);
        return ByteBuffer.allocate(head.length + 1 + data.length)
                .put(head)
                .put((byte) data.length)
                .put(data)
                .array();
    }

    /** @return the data of an answer to {@link #read}. */
    static byte[] data(Block block, ByteBuffer answer) throws Refused, Malformed {
        checkFunction(block.area().readFunction(), answer);
        int announced = answer.hasRemaining() ? answer.get() & 0xFF : 0;
        if (announced != block.bytes() || answer.remaining() != announced) {
            throw new Malformed(
                    "answered " + answer.remaining() + " bytes of data where " + block.bytes() + " were asked for");
        }
        byte[] data = new byte[announced];
        answer.get(data);
        return data;
    }

    /** Checks an answer to {@link #write}: it repeats the request, that to a write of several registers only its beginning. */
    static void checkWritten(byte[] request, ByteBuffer answer) throws Refused, Malformed {
        ByteBuffer whole = answer.duplicate();
        checkFunction(request[0], answer);
        byte[] expected = request[0] == WRITE_REGISTERS ? Arrays.copyOf(request, 5) : request;
        if (!whole.equals(ByteBuffer.wrap(expected))) {
            throw new Malformed("confirmed another write than it was asked for");
        }
    }

    private static void checkFunction(int function, ByteBuffer answer) throws Refused, Malformed {
        int answered = answer.get() & 0xFF;
        if (answered == (function | ERROR) && answer.remaining() == 1) {
            throw new Refused(answer.get() & 0xFF);
        }
        if (answered != function) {
            throw new Malformed("answered function " + answered + " where " + function + " was asked for");
        }
    }

    private static byte[] words(int function, int... words) {
        ByteBuffer pdu = ByteBuffer.allocate(1 + 2 * words.length).put((byte) function);
        for (int word : words) {
            pdu.putShort((short) word);
        }
        return pdu.array();
    }
}
