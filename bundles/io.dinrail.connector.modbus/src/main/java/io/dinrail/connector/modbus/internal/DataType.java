package io.dinrail.connector.modbus.internal;

import io.dinrail.model.api.TagValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** What the registers of a tag hold, in bytes of the order most significant first. */
enum DataType {
    BOOL(1, false),
    INT16(1, true),
    UINT16(1, false),
    INT32(2, true),
    UINT32(2, false),
    INT64(4, true),
    UINT64(4, false),
    FLOAT32(2, true),
    FLOAT64(4, true);

    private final int registers;
    private final boolean signed;

    DataType(int registers, boolean signed) {
        this.registers = registers;
        this.signed = signed;
    }

    int registers() {
        return registers;
    }

    /** @throws IllegalArgumentException for {@link #BOOL}, which is a bit of something and never the whole. */
    TagValue decode(byte[] bytes) {
        return switch (this) {
            case BOOL -> throw new IllegalArgumentException("a register is no bool");
            case FLOAT32 -> TagValue.of(ByteBuffer.wrap(bytes).getFloat());
            case FLOAT64 -> TagValue.of(ByteBuffer.wrap(bytes).getDouble());
            default -> new TagValue.Whole(signed ? new BigInteger(bytes) : new BigInteger(1, bytes));
        };
    }

    /** @throws IllegalArgumentException if the value has no place in this type; its message says why. */
    byte[] encode(TagValue value) {
        return switch (this) {
            case BOOL -> throw new IllegalArgumentException("a register is no bool");
            case FLOAT32 -> ByteBuffer.allocate(4).putFloat(float32(value)).array();
            case FLOAT64 -> ByteBuffer.allocate(8).putDouble(real(value)).array();
            default -> whole(value);
        };
    }

    /** @throws IllegalArgumentException if the value is neither a state nor 0 nor 1. */
    static boolean state(TagValue value) {
        double number = value.number().orElse(Double.NaN);
        if (number != 0 && number != 1) {
            throw new IllegalArgumentException("'" + value + "' is neither true nor false");
        }
        return number == 1;
    }

    private byte[] whole(TagValue value) {
        BigInteger number = value instanceof TagValue.Whole whole
                ? whole.value()
                // an unscaled value such as 39.999999999999996 means 40
                : new BigDecimal(real(value)).setScale(0, RoundingMode.HALF_UP).toBigInteger();
        int bits = registers * 16;
        boolean fits = signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
        if (!fits) {
            throw new IllegalArgumentException(value + " does not fit " + this);
        }
        byte[] bytes = new byte[registers * 2];
        Arrays.fill(bytes, (byte) (number.signum() < 0 ? 0xFF : 0));
        byte[] given = number.toByteArray();
        int length = Math.min(given.length, bytes.length);
        System.arraycopy(given, given.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    private float float32(TagValue value) {
        float narrow = (float) real(value);
        if (Float.isInfinite(narrow)) {
            throw new IllegalArgumentException(value + " does not fit " + this);
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
