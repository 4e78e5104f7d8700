package io.dinrail.shell.internal;

import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Reads a value as a person types it. */
final class Values {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,100}");
    private static final Pattern REAL =
            Pattern.compile("[+-]?(\\d{1,100}(\\.\\d{0,100})?|\\.\\d{1,100})([eE][+-]?\\d{1,3})?");

    private Values() {}

    /** True and false, whole numbers, numbers; text in double quotes whatever stands in them, and all else. */
    static TagValue parse(String text) {
        if (text.equals("true") || text.equals("false")) {
            return TagValue.of(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            return new TagValue.Whole(new BigInteger(text.startsWith("+") ? text.substring(1) : text));
        }
        if (REAL.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
            return TagValue.of(Double.parseDouble(text));
        }
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return TagValue.of(quoted ? text.substring(1, text.length() - 1) : text);
    }
}
