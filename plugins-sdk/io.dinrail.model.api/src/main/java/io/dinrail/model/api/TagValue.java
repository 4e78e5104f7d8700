package io.dinrail.model.api;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a tag can hold. There is no null: the absence of a value is an empty {@code Optional} around it. */
public sealed interface TagValue {
    /**
     * True or false.
     *
     * @param value the state.
     */
    record Bool(boolean value) implements TagValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A whole number of any size, so that an unsigned 64-bit counter stays exact.
     *
     * @param value the number.
     */
    record Whole(BigInteger value) implements TagValue {
        public Whole {
            requireNonNull(value);
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * A floating-point number. A float32 is held as the double with the shortest decimal that reads back as that float32, so that 71.3 stays 71.3.
     *
     * @param value the number; NaN and the infinities are allowed here and have no JSON form.
     */
    record Real(double value) implements TagValue {
        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /**
     * Characters.
     *
     * @param value the text.
     */
    record Text(String value) implements TagValue {
        public Text {
            requireNonNull(value);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /**
     * Raw bytes; compared by content and copied on the way in and out.
     *
     * @param value the bytes.
     */
    record Bytes(byte[] value) implements TagValue {
        public Bytes {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(value);
        }
    }

    /**
     * Several values in order.
     *
     * @param values the elements.
     */
    record Array(List<TagValue> values) implements TagValue {
        public Array {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /**
     * Named values, in the order they were given.
     *
     * @param fields the members by name.
     */
    record Structure(Map<String, TagValue> fields) implements TagValue {
        public Structure {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return fields.toString();
        }
    }

    /**
     * Wraps a state.
     *
     * @param value the state.
     * @return the value.
     */
    static TagValue of(boolean value) {
        return new Bool(value);
    }

    /**
     * Wraps a whole number.
     *
     * @param value the number.
     * @return the value.
     */
    static TagValue of(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    /**
     * Wraps a floating-point number.
     *
     * @param value the number.
     * @return the value.
     */
    static TagValue of(double value) {
        return new Real(value);
    }

    /**
     * Wraps a float32 so that its shortest decimal is kept.
     *
     * @param value the number.
     * @return the value.
     */
    static TagValue of(float value) {
        return new Real(ShortestDecimal.of(value));
    }

    /**
     * Wraps a text.
     *
     * @param value the text.
     * @return the value.
     */
    static TagValue of(String value) {
        return new Text(value);
    }

    /** @return the value as a double: of a number itself, of a state 1 or 0; empty for all else. */
    default OptionalDouble number() {
        if (this instanceof Real real) {
            return OptionalDouble.of(real.value());
        }
        if (this instanceof Whole whole) {
            return OptionalDouble.of(whole.value().doubleValue());
        }
        if (this instanceof Bool bool) {
            return OptionalDouble.of(bool.value() ? 1 : 0);
        }
        return OptionalDouble.empty();
    }
}
