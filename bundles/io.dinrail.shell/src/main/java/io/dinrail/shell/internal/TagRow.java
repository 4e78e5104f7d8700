package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectedTag;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a tag: what its connector was told, its newest reading, or both.
 *
 * @param id device and tag.
 * @param connected empty for a tag that a device reports by itself.
 * @param newest empty as long as nothing was read.
 */
record TagRow(TagId id, Optional<ConnectedTag> connected, Optional<RecordedReading> newest) {
    static List<TagRow> all(Optional<ConnectedTags> connected, Optional<LiveReadings> live) {
        Map<TagId, TagRow> rows = new TreeMap<>();
        connected
                .map(ConnectedTags::list)
                .orElse(List.of())
                .forEach(tag ->
                        rows.put(tag.spec().id(), new TagRow(tag.spec().id(), Optional.of(tag), Optional.empty())));
        live.map(LiveReadings::all).orElse(List.of()).forEach(recorded -> {
            TagId id = recorded.reading().tag();
            Optional<ConnectedTag> known = Optional.ofNullable(rows.get(id)).flatMap(TagRow::connected);
            rows.put(id, new TagRow(id, known, Optional.of(recorded)));
        });
        return List.copyOf(rows.values());
    }

    Optional<Reading> reading() {
        return newest.map(RecordedReading::reading);
    }

    Optional<String> connector() {
        return connected.map(ConnectedTag::connector);
    }

    Optional<String> unit() {
        return reading()
                .flatMap(Reading::unit)
                .or(() -> connected.flatMap(tag -> tag.spec().unit()))
                .map(Object::toString);
    }
}
