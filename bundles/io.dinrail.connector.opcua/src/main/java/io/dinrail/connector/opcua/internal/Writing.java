package io.dinrail.connector.opcua.internal;

import io.dinrail.model.api.TagValue;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;

/** From what a tag holds to the type that a node wants. */
final class Writing {
    private Writing() {}

    /** @throws IllegalArgumentException if the value has no place in the type; its message says why. */
    static Variant variant(OpcUaDataType type, TagValue value) {
        if (!(value instanceof TagValue.Array array)) {
            return new Variant(scalar(type, value));
        }
        List<TagValue> values = array.values();
        Object elements = Array.newInstance(type.getBackingClass(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(elements, i, scalar(type, values.get(i)));
        }
        return new Variant(elements);
    }

    private static Object scalar(OpcUaDataType type, TagValue value) {
        return switch (type) {
            case Boolean -> state(value);
            case SByte -> (byte) whole(value, type, true, 8).longValue();
            case Int16 -> (short) whole(value, type, true, 16).longValue();
            case Int32 -> (int) whole(value, type, true, 32).longValue();
            case Int64 -> whole(value, type, true, 64).longValue();
            case Byte -> Unsigned.ubyte(whole(value, type, false, 8).longValue());
            case UInt16 -> Unsigned.ushort(whole(value, type, false, 16).intValue());
            case UInt32 -> Unsigned.uint(whole(value, type, false, 32).longValue());
            case UInt64 -> Unsigned.ulong(whole(value, type, false, 64));
            case Float -> float32(value);
            case Double -> real(value);
            default -> textual(type, value);
        };
    }

    private static Object textual(OpcUaDataType type, TagValue value) {
        if (type == OpcUaDataType.ByteString && value instanceof TagValue.Bytes bytes) {
            return ByteString.of(bytes.value());
        }
        if (!(value instanceof TagValue.Text text)) {
            throw new IllegalArgumentException("'" + value + "' can't be written to a node of type " + type);
        }
        return switch (type) {
            case String -> text.value();
            case LocalizedText -> new LocalizedText(text.value());
            case DateTime -> time(text.value());
            case Guid -> UUID.fromString(text.value());
            default ->
                throw new IllegalArgumentException(
                        "a node of type " + type + " can't be written by this connector yet");
        };
    }

    private static DateTime time(String text) {
        try {
            return new DateTime(Instant.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time: write 2026-11-22T12:00:00Z", e);
        }
    }

    private static boolean state(TagValue value) {
        double number = value.number().orElse(Double.NaN);
        if (number != 0 && number != 1) {
            throw new IllegalArgumentException("'" + value + "' is neither true nor false");
        }
        return number == 1;
    }

    private static BigInteger whole(TagValue value, OpcUaDataType type, boolean signed, int bits) {
        BigInteger number = value instanceof TagValue.Whole whole
                ? whole.value()
                // an unscaled value such as 39.999999999999996 means 40
                : new BigDecimal(real(value)).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        boolean fits = signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
        if (!fits) {
            throw new IllegalArgumentException(value + " does not fit " + type);
        }
        return number;
    }

    private static float float32(TagValue value) {
        float narrow = (float) real(value);
        if (Float.isInfinite(narrow)) {
            throw new IllegalArgumentException(value + " does not fit Float");
        }
        return narrow;
    }

    private static double real(TagValue value) {
        double number =
                value instanceof TagValue.Bool ? Double.NaN : value.number().orElse(Double.NaN);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("'" + value + "' is no finite number");
        }
        return number;
    }
}
