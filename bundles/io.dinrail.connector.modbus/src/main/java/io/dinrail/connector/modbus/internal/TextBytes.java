package io.dinrail.connector.modbus.internal;

import io.dinrail.model.api.TagValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts and bytes in registers: a character is a byte of ISO 8859-1, and a text that is shorter than its place ends with a zero. */
final class TextBytes {
    private TextBytes() {}

    static TagValue decode(DataType type, byte[] raw) {
        if (type == DataType.BYTES) {
            return new TagValue.Bytes(raw);
        }
        int end = 0;
        while (end < raw.length && raw[end] != 0) {
            end++;
        }
        return TagValue.of(new String(raw, 0, end, StandardCharsets.ISO_8859_1));
    }

    /** @throws IllegalArgumentException if the value has no place there; its message says why. */
    static byte[] encode(DataType type, TagValue value, int length) {
        byte[] given = type == DataType.BYTES ? bytes(value) : characters(value);
        if (given.length > length || type == DataType.BYTES && given.length < length) {
            throw new IllegalArgumentException("it has " + given.length + " "
                    + (type == DataType.BYTES ? "bytes" : "characters") + " and the tag " + length);
        }
        return Arrays.copyOf(given, length);
    }

    private static byte[] bytes(TagValue value) {
        if (value instanceof TagValue.Bytes bytes) {
            return bytes.value();
        }
        throw new IllegalArgumentException("'" + value + "' is no bytes");
    }

    private static byte[] characters(TagValue value) {
        String text = value.toString();
        if (!(value instanceof TagValue.Text)
                || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)
                || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is no text of ISO 8859-1 without zeros");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
