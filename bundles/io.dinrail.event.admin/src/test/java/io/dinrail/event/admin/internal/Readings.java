package io.dinrail.event.admin.internal;

import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Readings to record. */
final class Readings {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Readings() {}

    static Reading of(String device, String tag, long value) {
        return new Reading(
                TagId.of(device, tag), Optional.of(TagValue.of(value)), Quality.GOOD, NOON, NOON, Optional.empty());
    }

    static List<Reading> some(String device, int count) {
        return IntStream.range(0, count)
                .mapToObj(value -> of(device, "level", value))
                .toList();
    }
}
