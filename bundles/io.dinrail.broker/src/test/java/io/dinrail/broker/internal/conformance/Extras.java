package io.dinrail.broker.internal.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The properties of a packet that came, read by nothing of the engine's.
 *
 * @param all in the order in which they came.
 */
record Extras(List<Extra> all) {
    /** One property with its value's bytes. */
    record Extra(int id, byte[] value) {}

    /** Reads the properties at the buffer's position; a packet that ends there has none. */
    static Extras read(ByteBuffer in) {
        List<Extra> all = new ArrayList<>();
        if (in.hasRemaining()) {
            int length = variable(in);
            for (int end = in.position() + length; in.position() < end; ) {
                int id = in.get() & 0xFF;
                byte[] value = new byte[length(id, in)];
                in.get(value);
                all.add(new Extra(id, value));
            }
        }
        return new Extras(all);
    }

    static int variable(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = in.get() & 0xFF;
            value |= (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
    }

    private static int length(int id, ByteBuffer in) {
        int at = in.position();
        return switch (id) {
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            case 0x13, 0x21, 0x22, 0x23 -> 2;
            case 0x02, 0x11, 0x18, 0x27 -> 4;
            case 0x03, 0x08, 0x09, 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> 2 + in.getChar(at);
            case 0x26 -> 4 + in.getChar(at) + in.getChar(at + 2 + in.getChar(at));
            case 0x0B -> octets(in.duplicate());
            default -> throw new AssertionError("no such property: " + id);
        };
    }

    private static int octets(ByteBuffer in) {
        int at = in.position();
        variable(in);
        return in.position() - at;
    }

    boolean has(int id) {
        return all.stream().anyMatch(extra -> extra.id == id);
    }

    /** The values of a property in hexadecimal digits. */
    List<String> hex(int id) {
        return all.stream()
                .filter(extra -> extra.id == id)
                .map(extra -> HexFormat.of().withUpperCase().formatHex(extra.value))
                .toList();
    }

    long number(int id) {
        List<String> values = hex(id);
        if (values.size() != 1) {
            throw new AssertionError("property " + id + " is there " + values.size() + " times");
        }
        return HexFormat.fromHexDigitsToLong(values.get(0));
    }

    String text(int id) {
        byte[] value = HexFormat.of().parseHex(hex(id).get(0));
        return new String(value, 2, value.length - 2, StandardCharsets.UTF_8);
    }
}
