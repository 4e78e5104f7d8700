package io.dinrail.messaging.bridge.internal;

import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.model.api.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One telemetry message of a device.
 *
 * @param device from the topic.
 * @param metric from the topic; empty for the form with all metrics in one object.
 * @param payload as published.
 * @param at when the broker received it.
 */
@SuppressWarnings("ArrayRecordComponent") // the broker's array, handed through without a copy
record Telemetry(DeviceId device, Optional<String> metric, byte[] payload, Instant at) {
    static final String MALFORMED = "malformed";
    static final String FUTURE = "future-timestamp";

    private static final String TIMESTAMP = "timestamp";
    private static final Duration CLOCK_SLACK = Duration.ofHours(24);
    /** Above it a number is milliseconds: as seconds it would be the year 5138. */
    private static final double MILLIS_FROM = 1e11;

    /** Reads the topic. Empty if it has another shape or a name that no device or tag can have. */
    static Optional<Telemetry> of(String topic, byte[] payload, Instant at) {
        String[] levels = topic.split("/", -1);
        if (levels.length < 2 || levels.length > 3 || !levels[0].equals("telemetry")) {
            return Optional.empty();
        }
        try {
            DeviceId device = new DeviceId(levels[1]);
            Optional<String> metric =
                    levels.length == 3 ? Optional.of(new TagId(device, levels[2]).tag()) : Optional.empty();
            return Optional.of(new Telemetry(device, metric, payload, at));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Decodes the payload.
     *
     * @throws JsonException if it is no JSON or none of the shapes.
     */
    List<Reading> decode() throws JsonException {
        TagValue read = Json.read(payload);
        if (metric.isPresent()) {
            return List.of(metricReading(metric.get(), read));
        }
        if (read instanceof TagValue.Structure object) {
            return objectReadings(object.fields());
        }
        throw refused("an object with a member for each metric is expected");
    }

    /** What stands in the record for a payload that can't be decoded. */
    Reading malformed() {
        TagId tag = new TagId(device, metric.orElse("payload"));
        return new Reading(tag, Optional.empty(), Quality.bad(MALFORMED), at, at, Optional.empty());
    }

    private Reading metricReading(String name, TagValue read) throws JsonException {
        if (!(read instanceof TagValue.Structure object)) {
            return reading(name, Optional.of(read), time(Optional.empty()), Quality.GOOD, Optional.empty());
        }
        Optional<TagValue> value = Optional.ofNullable(object.fields().get("value"));
        Quality said = quality(object.fields(), value);
        return reading(
                name, value, time(Optional.ofNullable(object.fields().get(TIMESTAMP))), said, unit(object.fields()));
    }

    private List<Reading> objectReadings(Map<String, TagValue> fields) throws JsonException {
        Time time = time(Optional.ofNullable(fields.get(TIMESTAMP)));
        List<Reading> readings = new ArrayList<>();
        for (Map.Entry<String, TagValue> field : fields.entrySet()) {
            if (!field.getKey().equals(TIMESTAMP)) {
                readings.add(
                        reading(field.getKey(), Optional.of(field.getValue()), time, Quality.GOOD, Optional.empty()));
            }
        }
        if (readings.isEmpty()) {
            throw refused("there is no metric in it");
        }
        return readings;
    }

    private Reading reading(String name, Optional<TagValue> value, Time time, Quality said, Optional<Unit> unit)
            throws JsonException {
        try {
            Quality quality = time.trusted() || !said.isGood() ? said : Quality.uncertain(FUTURE);
            return new Reading(new TagId(device, name), value, quality, time.instant(), at, unit);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static Quality quality(Map<String, TagValue> fields, Optional<TagValue> value) throws JsonException {
        String word = text(fields, "quality").orElse("good");
        String status = text(fields, "status").orElse("as-reported");
        return switch (word) {
            case "good" -> {
                if (value.isEmpty()) {
                    throw refused("there is no value in it");
                }
                yield Quality.GOOD;
            }
            case "uncertain" -> Quality.uncertain(status);
            case "bad" -> Quality.bad(status);
            default -> throw refused("its quality is none of good, uncertain, bad");
        };
    }

    private static Optional<Unit> unit(Map<String, TagValue> fields) throws JsonException {
        try {
            return text(fields, "unit").map(Unit::new);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(Map<String, TagValue> fields, String key) {
        return Optional.ofNullable(fields.get(key))
                .filter(TagValue.Text.class::isInstance)
                .map(TagValue::toString)
                .filter(text -> !text.isBlank());
    }

    /** A time, and whether it may be believed. */
    private record Time(Instant instant, boolean trusted) {}

    private Time time(Optional<TagValue> stamp) throws JsonException {
        if (stamp.isEmpty()) {
            return new Time(at, true);
        }
        Instant said = instant(stamp.get());
        return said.isAfter(at.plus(CLOCK_SLACK)) ? new Time(at, false) : new Time(said, true);
    }

    private static Instant instant(TagValue stamp) throws JsonException {
        try {
            if (stamp instanceof TagValue.Text text) {
                return OffsetDateTime.parse(text.value()).toInstant();
            }
            if (stamp instanceof TagValue.Whole || stamp instanceof TagValue.Real) {
                BigDecimal number = new BigDecimal(stamp.toString());
                BigDecimal seconds = number.doubleValue() > MILLIS_FROM ? number.movePointLeft(3) : number;
                long nanos = seconds.movePointRight(9)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
                return Instant.ofEpochSecond(0, nanos);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw refused("its timestamp is neither Unix seconds nor an RFC 3339 time");
        }
        throw refused("its timestamp is neither a number nor a text");
    }

    private static JsonException refused(String why) {
        return new JsonException(1, 1, why);
    }
}
