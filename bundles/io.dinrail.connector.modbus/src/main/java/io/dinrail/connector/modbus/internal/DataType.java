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
    BOOL(0, false),
    INT8(1, true),
    UINT8(1, false),
    INT16(2, true),
    UINT16(2, false),
    INT32(4, true),
    UINT32(4, false),
    INT64(8, true),
    UINT64(8, false),
    FLOAT32(4, true),
    FLOAT64(8, true),
    STRING(0, false),
    BYTES(0, false);

    private final int bytes;
    private final boolean signed;

    DataType(int bytes, boolean signed) {
        this.bytes = bytes;
        this.signed = signed;
    }

    /** @return its bytes; 0 for those whose length a column says, and for a state. */
    int bytes() {
        return bytes;
    }

    /** @return the registers that hold a whole value; those that stand alone take one. */
    int registers() {
        return Math.max(1, (bytes + 1) / 2);
    }

    boolean hasLength() {
        return this == STRING || this == BYTES;
    }

    boolean isOctet() {
        return bytes == 1;
    }

    /**
     * Reads a number.
     *
     * @param raw exactly its bytes; more for a type of one byte, which then must fit.
     * @throws IllegalArgumentException if what stands there is no value of this type.
     */
    TagValue decode(byte[] raw) {
        return switch (this) {
            case FLOAT32 -> TagValue.of(ByteBuffer.wrap(raw).getFloat());
            case FLOAT64 -> TagValue.of(ByteBuffer.wrap(raw).getDouble());
            case BOOL, STRING, BYTES -> throw new IllegalArgumentException(this + " is no number");
            default -> new TagValue.Whole(fitting(wholeOf(raw)));
        };
    }

    /**
     * Writes a number.
     *
     * @param value the number.
     * @param length how many bytes to fill, at least its own.
     * @throws IllegalArgumentException if the value has no place in this type; its message says why.
     */
    byte[] encode(TagValue value, int length) {
        return switch (this) {
            case FLOAT32 -> ByteBuffer.allocate(4).putFloat(float32(value)).array();
            case FLOAT64 -> ByteBuffer.allocate(8).putDouble(real(value)).array();
            case BOOL, STRING, BYTES -> throw new IllegalArgumentException(this + " is no number");
            default -> filled(fitting(whole(value)), length);
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

    private BigInteger wholeOf(byte[] raw) {
        if (signed || raw.length == 8) {
            return signed ? BigInteger.valueOf(longOf(raw)) : new BigInteger(1, raw);
        }
        return BigInteger.valueOf(longOf(raw) & (1L << raw.length * 8) - 1);
    }

    private static long longOf(byte[] raw) {
        long number = raw[0];
        for (int i = 1; i < raw.length; i++) {
            number = number << 8 | raw[i] & 0xFF;
        }
        return number;
    }

    private BigInteger fitting(BigInteger number) {
        int bits = bytes * 8;
        boolean fits = signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
        if (!fits) {
            throw new IllegalArgumentException(number + " does not fit " + this);
        }
        return number;
    }

    private static BigInteger whole(TagValue value) {
        return value instanceof TagValue.Whole whole
                ? whole.value()
                // an unscaled value such as 39.999999999999996 means 40
                : new BigDecimal(real(value)).setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    private static byte[] filled(BigInteger number, int length) {
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) (number.signum() < 0 ? 0xFF : 0));
        byte[] given = number.toByteArray();
        int used = Math.min(given.length, length);
        System.arraycopy(given, given.length - used, filled, length - used, used);
        return filled;
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
