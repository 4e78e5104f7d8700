package io.dinrail.json.api;

import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a JSON object member by member, in order. For one thread. */
public final class JsonObject {
    private final Map<String, TagValue> fields = new LinkedHashMap<>();

    /**
     * Adds a text.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, String value) {
        return put(key, TagValue.of(value));
    }

    /**
     * Adds a whole number.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, long value) {
        return put(key, TagValue.of(value));
    }

    /**
     * Adds a number.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, double value) {
        return put(key, TagValue.of(value));
    }

    /**
     * Adds a state.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, boolean value) {
        return put(key, TagValue.of(value));
    }

    /**
     * Adds a time as ISO 8601 in UTC, to the millisecond.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, Instant value) {
        return put(key, value.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /**
     * Adds an array of texts.
     *
     * @param key the member's name.
     * @param values its elements.
     * @return this.
     */
    public JsonObject put(String key, List<String> values) {
        return put(key, new TagValue.Array(values.stream().map(TagValue::of).toList()));
    }

    /**
     * Adds any value.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject put(String key, TagValue value) {
        fields.put(key, value);
        return this;
    }

    /**
     * Adds a value, or {@code null} where there is none.
     *
     * @param key the member's name.
     * @param value its value.
     * @return this.
     */
    public JsonObject putOrNull(String key, Optional<TagValue> value) {
        return put(key, value.orElse(TagValue.of(Double.NaN))); // NaN is written as null
    }

    /** @return the object so far, as a value. */
    public TagValue toValue() {
        return new TagValue.Structure(fields);
    }

    /** @return the object so far, as JSON text on one line. */
    @Override
    public String toString() {
        return Json.write(toValue());
    }
}
