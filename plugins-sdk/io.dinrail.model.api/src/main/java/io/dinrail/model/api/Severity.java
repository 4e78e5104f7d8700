package io.dinrail.model.api;

import java.util.Locale;

/** How urgent an alert is; the words stand in topics. */
public enum Severity {
    INFO,
    WARNING,
    MAJOR,
    CRITICAL;

    /**
     * Reads a word as it stands in rules and topics.
     *
     * @param word one of {@code info warning major critical}, in any case.
     * @return the severity.
     * @throws IllegalArgumentException if it is none of them.
     */
    public static Severity of(String word) {
        for (Severity severity : values()) {
            if (severity.toString().equals(word.toLowerCase(Locale.ROOT))) {
                return severity;
            }
        }
        throw new IllegalArgumentException("severity '" + word + "' is none of info, warning, major, critical");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
