package io.dinrail.connector.api;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A connector's configuration, read key by key; remembers which keys were asked for. For one thread. */
public final class Settings {
    private final Map<String, String> values;
    private final Set<String> asked = new HashSet<>();

    /**
     * Wraps a configuration.
     *
     * @param values keys with their texts.
     */
    public Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * Reads a text that may be missing.
     *
     * @param key which.
     * @return the text without blanks around it; empty if the key is missing or blank.
     */
    public Optional<String> text(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key)).map(String::trim).filter(text -> !text.isEmpty());
    }

    /**
     * Reads a text that must be there.
     *
     * @param key which.
     * @return the text.
     * @throws SettingException if it is missing.
     */
    public String required(String key) {
        return text(key).orElseThrow(() -> new SettingException(key, "is missing"));
    }

    /**
     * Reads a whole number.
     *
     * @param key which.
     * @param otherwise the default.
     * @param least the lowest allowed.
     * @param most the highest allowed.
     * @return the number.
     * @throws SettingException if it is no number or out of range.
     */
    public int whole(String key, int otherwise, int least, int most) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, together with a number out of range
        }
        throw new SettingException(key, "'" + text.get() + "' is no whole number from " + least + " to " + most);
    }

    /**
     * Reads a period.
     *
     * @param key which.
     * @param otherwise the default.
     * @return the period, above zero unless the default is zero.
     * @throws SettingException if it is none.
     */
    public Duration period(String key, Duration otherwise) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        Duration period;
        try {
            period = Periods.parse(text.get());
        } catch (IllegalArgumentException e) {
            throw new SettingException(key, String.valueOf(e.getMessage()));
        }
        if (period.isZero() && !otherwise.isZero()) {
            throw new SettingException(key, "the period must be above zero");
        }
        return period;
    }

    /**
     * Reads one of some words.
     *
     * @param key which.
     * @param otherwise the default.
     * @param words all that are allowed.
     * @return the word.
     * @throws SettingException if it is none of them.
     */
    public String choice(String key, String otherwise, Set<String> words) {
        String text = text(key).orElse(otherwise);
        if (!words.contains(text)) {
            throw new SettingException(key, "'" + text + "' is none of " + String.join(", ", new TreeSet<>(words)));
        }
        return text;
    }

    /** @return the keys that nobody asked for. */
    public Set<String> unasked() {
        Set<String> rest = new TreeSet<>(values.keySet());
        rest.removeAll(asked);
        return rest;
    }
}
