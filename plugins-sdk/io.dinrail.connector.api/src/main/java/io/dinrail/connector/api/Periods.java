package io.dinrail.connector.api;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods as people write them: {@code 100ms}, {@code 1.5s}, {@code 1m}, {@code 2h}, {@code 1d}. */
public final class Periods {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|h|d)");

    private Periods() {}

    /**
     * Reads a period.
     *
     * @param text a number and a unit.
     * @return the period, zero or more.
     * @throws IllegalArgumentException if the text is none; its message says what would be.
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no period: write 100ms, 1s, 1m, 1h or 1d");
        }
        double millis = Double.parseDouble(matcher.group(1))
                * switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 86_400_000;
                };
        return Duration.ofNanos(Math.round(millis * 1_000_000));
    }

    /**
     * Writes a period in its largest whole unit.
     *
     * @param period zero or more.
     * @return text that {@link #parse} reads.
     */
    public static String format(Duration period) {
        long millis = period.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
