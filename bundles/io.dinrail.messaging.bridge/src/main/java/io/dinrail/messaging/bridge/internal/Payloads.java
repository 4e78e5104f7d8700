package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.command.api.Command;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.json.api.Json;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The platform's own payloads, as JSON in UTF-8. Written by hand: a time as a plain decimal is a form that no double has. */
final class Payloads {
    private Payloads() {}

    static byte[] reading(RecordedReading recorded) {
        Reading reading = recorded.reading();
        StringBuilder json = new StringBuilder(128)
                .append("{\"value\": ")
                .append(valueOf(reading.value()))
                .append(", \"quality\": \"")
                .append(reading.quality().level())
                .append('"');
        if (!reading.quality().isGood()) {
            json.append(", \"status\": ").append(quoted(reading.quality().status()));
        }
        json.append(", \"timestamp\": ").append(seconds(reading.sourceTime()));
        reading.unit().ifPresent(unit -> json.append(", \"unit\": ").append(quoted(unit.symbol())));
        json.append(", \"seq\": ").append(recorded.seq());
        if (recorded.resumed()) {
            json.append(", \"resumed\": true");
        }
        if (reading.isBackfilled()) {
            json.append(", \"backfilled\": true");
        }
        return bytes(json);
    }

    static byte[] alert(AlertChanged alert) {
        StringBuilder json = new StringBuilder(256)
                .append("{\"code\": ")
                .append(quoted(alert.rule()))
                .append(", \"message\": ")
                .append(quoted(alert.message()))
                .append(", \"timestamp\": ")
                .append(seconds(alert.at()))
                .append(", \"id\": ")
                .append(alert.id())
                .append(", \"state\": \"")
                .append(alert.kind().name().toLowerCase(Locale.ROOT))
                .append("\", \"tag\": ")
                .append(quoted(alert.tag().tag()));
        alert.value().ifPresent(value -> json.append(", \"value\": ").append(Json.write(value)));
        if (Double.isFinite(alert.limit())) { // a device's own alarm tells none
            json.append(", \"threshold\": ").append(Json.write(TagValue.of(alert.limit())));
        }
        return bytes(json);
    }

    static byte[] command(Command command) {
        StringBuilder json = new StringBuilder(256)
                .append("{\"type\": ")
                .append(quoted(command.type()))
                .append(", \"params\": ")
                .append(command.params())
                .append(", \"timestamp\": ")
                .append(seconds(command.createdAt()))
                .append(", \"id\": ")
                .append(quoted(command.id()));
        return bytes(json);
    }

    /** Unix seconds with milliseconds; a time before 1970 has its minus sign in front of the whole number. */
    static String seconds(Instant time) {
        long millis = time.toEpochMilli();
        String sign = millis < 0 ? "-" : "";
        long size = Math.abs(millis);
        return sign + size / 1000 + '.' + String.format(Locale.ROOT, "%03d", size % 1000);
    }

    private static String valueOf(Optional<TagValue> value) {
        return value.map(Json::write).orElse("null");
    }

    private static String quoted(String text) {
        return Json.write(TagValue.of(text));
    }

    private static byte[] bytes(StringBuilder open) {
        return open.append('}').toString().getBytes(UTF_8);
    }
}
