package io.dinrail.shell.internal;

import io.dinrail.json.api.Json;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How values stand in answers: for people in a table's cell, for programs in JSON. */
final class Shown {
    private Shown() {}

    /** A cell; a dash for what isn't there. */
    static String cell(Optional<?> value) {
        return value.map(Object::toString).filter(text -> !text.isEmpty()).orElse("-");
    }

    static String cell(String text) {
        return text.isEmpty() ? "-" : text;
    }

    static String timeCell(Optional<Instant> time) {
        return time.map(Shown::cell).orElse("-");
    }

    static String cell(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A JSON text, for what may be absent. */
    static Optional<TagValue> text(Optional<?> value) {
        return value.map(Object::toString).map(TagValue.Text::new);
    }

    static Optional<TagValue> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(TagValue.of(text));
    }

    /** A value as it reads outside of JSON; a dash for null. */
    static String plain(TagValue value) {
        if (value instanceof TagValue.Text text) {
            return text.value();
        }
        String json = Json.write(value);
        return json.equals("null") ? "-" : json;
    }

    static Optional<TagValue> time(Optional<Instant> time) {
        return text(time.map(t -> t.truncatedTo(ChronoUnit.MILLIS)));
    }
}
