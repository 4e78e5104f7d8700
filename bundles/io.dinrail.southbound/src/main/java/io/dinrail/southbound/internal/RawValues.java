package io.dinrail.southbound.internal;

import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a value to be written into the device's raw unit and the tag's type. */
final class RawValues {
    private static final Pattern INTEGER = Pattern.compile("(u?)int(8|16|32|64)");

    private RawValues() {}

    /** @throws IllegalArgumentException if the value does not fit the tag's type; the message names the tag. */
    static TagValue of(TagSpec spec, TagValue value) {
        Matcher integer = INTEGER.matcher(spec.type().toLowerCase(Locale.ROOT));
        if (integer.matches()) {
            boolean signed = integer.group(1).isEmpty();
            return whole(spec, value, signed, Integer.parseInt(integer.group(2)));
        }
        return switch (spec.type()) {
            case "bool" -> bool(spec, value);
            case "float32" -> real(spec, value, Float.MAX_VALUE);
            case "float64" -> real(spec, value, Double.MAX_VALUE);
            case "string" -> text(spec, value);
            case "bytes" -> bytes(spec, value);
            default -> byItself(spec, value);
        };
    }

    /** The limits of the tag, in the engineering unit. @return the sentence to refuse with; empty if the value is within. */
    static String beyondLimits(TagSpec spec, TagValue value) {
        OptionalDouble number = value.number();
        if (number.isEmpty() || value instanceof TagValue.Bool) {
            return "";
        }
        if (spec.max().isPresent() && number.getAsDouble() > spec.max().getAsDouble()) {
            return value + " is above the limit " + spec.max().getAsDouble() + " of " + spec.id()
                    + ": nothing was sent";
        }
        if (spec.min().isPresent() && number.getAsDouble() < spec.min().getAsDouble()) {
            return value + " is below the limit " + spec.min().getAsDouble() + " of " + spec.id()
                    + ": nothing was sent";
        }
        return "";
    }

    private static TagValue whole(TagSpec spec, TagValue value, boolean signed, int bits) {
        BigInteger raw = Scaling.toRaw(spec, number(spec, value))
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
        BigInteger least = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        if (raw.compareTo(least) < 0 || raw.compareTo(most) > 0) {
            throw misfit(spec, value, "it would be " + raw + " raw, and " + least + " to " + most + " fit");
        }
        return new TagValue.Whole(raw);
    }

    private static TagValue real(TagSpec spec, TagValue value, double most) {
        double raw = Scaling.toRaw(spec, number(spec, value)).doubleValue();
        if (Math.abs(raw) > most) {
            throw misfit(spec, value, "it is too large");
        }
        return TagValue.of(raw);
    }

    private static TagValue bool(TagSpec spec, TagValue value) {
        String word = value.toString();
        if (value instanceof TagValue.Bool) {
            return value;
        }
        if (word.equals("true") || word.equals("1")) {
            return TagValue.of(true);
        }
        if (word.equals("false") || word.equals("0")) {
            return TagValue.of(false);
        }
        throw misfit(spec, value, "write true or false");
    }

    private static TagValue text(TagSpec spec, TagValue value) {
        if (value instanceof TagValue.Array || value instanceof TagValue.Structure || value instanceof TagValue.Bytes) {
            throw misfit(spec, value, "write a text");
        }
        return TagValue.of(value.toString());
    }

    private static TagValue bytes(TagSpec spec, TagValue value) {
        if (value instanceof TagValue.Bytes) {
            return value;
        }
        try {
            return new TagValue.Bytes(HexFormat.of().parseHex(value.toString()));
        } catch (IllegalArgumentException e) {
            throw misfit(spec, value, "write bytes as hexadecimal digits");
        }
    }

    /** No type of ours: the protocol knows the type, and only numbers are unscaled here. */
    private static TagValue byItself(TagSpec spec, TagValue value) {
        boolean numeric = value instanceof TagValue.Whole || value instanceof TagValue.Real;
        return numeric && !Scaling.isPlain(spec) ? real(spec, value, Double.MAX_VALUE) : value;
    }

    private static BigDecimal number(TagSpec spec, TagValue value) {
        if (value instanceof TagValue.Whole whole) {
            return new BigDecimal(whole.value());
        }
        if (value instanceof TagValue.Real real && Double.isFinite(real.value())) {
            return BigDecimal.valueOf(real.value());
        }
        throw misfit(spec, value, "write a number");
    }

    private static IllegalArgumentException misfit(TagSpec spec, TagValue value, String instead) {
        String shown = value.toString();
        String cut = shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
        return new IllegalArgumentException(
                "'" + cut + "' does not fit " + spec.id() + " of type " + spec.type() + ": " + instead);
    }
}
