package io.dinrail.shell.internal;

import io.dinrail.event.api.RecordedReading;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/** How a reading is shown: as JSON, and on one line. */
final class ReadingForm {
    private ReadingForm() {}

    static JsonObject json(RecordedReading recorded) {
        return json(recorded.reading(), OptionalLong.of(recorded.seq()));
    }

    /** A reading; the number is null where the bus hasn't told it. */
    static JsonObject json(Reading reading, OptionalLong seq) {
        Optional<TagValue> number = seq.isPresent() ? Optional.of(TagValue.of(seq.getAsLong())) : Optional.empty();
        return new JsonObject()
                .put("device", reading.tag().device().value())
                .put("tag", reading.tag().tag())
                .putOrNull("value", reading.value())
                .put("quality", reading.quality().level().toString())
                .putOrNull("status", Shown.text(reading.quality().status()))
                .putOrNull("unit", Shown.text(reading.unit()))
                .put("timestamp", reading.sourceTime())
                .put("timeFrom", reading.timeFrom().toString())
                .put("receivedAt", reading.serverTime())
                .putOrNull("seq", number);
    }

    static String line(Reading reading) {
        return reading.sourceTime().truncatedTo(ChronoUnit.MILLIS) + " " + reading.tag() + " "
                + Shown.cell(reading.value())
                + reading.unit().map(unit -> " " + unit).orElse("") + " " + reading.quality();
    }
}
