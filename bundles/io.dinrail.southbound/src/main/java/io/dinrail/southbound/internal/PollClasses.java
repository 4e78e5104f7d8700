package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Periods;
import io.dinrail.connector.api.SettingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The poll classes of one instance, such as {@code fast=100ms, slow=10s}.
 *
 * @param periods by name.
 * @param standard the period of tags that name none: the first class, or 1 s.
 */
record PollClasses(Map<String, Duration> periods, Duration standard) {
    static final String KEY = "poll.classes";

    static PollClasses parse(String text) {
        Map<String, Duration> periods = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).trim();
            if (name.isEmpty() || periods.put(name, period(KEY, part.substring(equals + 1))) != null) {
                throw new SettingException(
                        KEY,
                        "'" + part.trim() + "' is no poll class of its own: write name=period, such as fast=100ms");
            }
        }
        Duration standard = periods.values().stream().findFirst().orElse(Duration.ofSeconds(1));
        return new PollClasses(periods, standard);
    }

    /** Reads a cell of the column {@code poll}: empty, a class or a period. */
    Duration resolve(String cell) {
        if (cell.isEmpty()) {
            return standard;
        }
        Duration named = periods.get(cell);
        if (named != null) {
            return named;
        }
        if (Character.isDigit(cell.charAt(0))) {
            return period("poll", cell);
        }
        throw new SettingException(
                "poll",
                "'" + cell + "' is neither a period such as 1s nor one of the poll classes "
                        + String.join(", ", periods.keySet()));
    }

    private static Duration period(String key, String text) {
        Duration period;
        try {
            period = Periods.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(key, String.valueOf(e.getMessage()));
        }
        if (period.compareTo(Duration.ofMillis(1)) < 0) {
            throw new SettingException(key, "the period must be at least 1ms");
        }
        return period;
    }
}
