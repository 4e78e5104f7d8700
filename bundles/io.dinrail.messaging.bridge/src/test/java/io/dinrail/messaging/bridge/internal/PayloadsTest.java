package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.json.api.Json;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.model.api.Unit;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadsTest {
    private static final TagId TAG = TagId.of("press-1", "temperature");
    private static final Instant AT = Instant.ofEpochMilli(1_763_784_000_123L);

    private static String payload(Optional<TagValue> value, Quality quality, boolean resumed, Optional<Unit> unit) {
        Reading reading = new Reading(TAG, value, quality, AT, AT, unit);
        return new String(Payloads.reading(new RecordedReading(184_467, resumed, reading)), UTF_8);
    }

    @Test
    void aGoodReadingIsTheDocumentsExample() {
        assertThat(payload(Optional.of(TagValue.of(71.5)), Quality.GOOD, false, Optional.of(new Unit("Cel"))))
                .isEqualTo("{\"value\": 71.5, \"quality\": \"good\", \"timestamp\": 1763784000.123, \"unit\": \"Cel\","
                        + " \"seq\": 184467}");
    }

    @Test
    void aBadReadingSaysWhyAndInventsNoValue() {
        assertThat(payload(Optional.empty(), Quality.bad("comm-failure"), false, Optional.empty()))
                .isEqualTo("{\"value\": null, \"quality\": \"bad\", \"status\": \"comm-failure\","
                        + " \"timestamp\": 1763784000.123, \"seq\": 184467}");
    }

    @Test
    void aReadingFromTheDevicesHistorySaysSo() {
        Reading past = new Reading(
                TAG,
                Optional.of(TagValue.of(true)),
                Quality.GOOD,
                AT,
                AT.plusSeconds(60),
                Optional.empty(),
                Reading.TimeFrom.HISTORY);
        assertThat(new String(Payloads.reading(new RecordedReading(1, false, past)), UTF_8))
                .endsWith(", \"seq\": 1, \"backfilled\": true}");
    }

    @Test
    void theFirstReadingAfterACrashSaysSo() {
        assertThat(payload(Optional.of(TagValue.of(true)), Quality.GOOD, true, Optional.empty()))
                .endsWith(", \"resumed\": true}");
    }

    @Test
    void textInAPayloadIsQuoted() throws Exception {
        String payload = payload(Optional.of(TagValue.of("a\"b\n")), Quality.GOOD, false, Optional.of(new Unit("\"")));
        assertThat(Json.readObject(payload))
                .containsEntry("value", TagValue.of("a\"b\n"))
                .containsEntry("unit", TagValue.of("\""));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0.000",
        "1763784000123,1763784000.123",
        "1763784000000,1763784000.000",
        "-500,-0.500",
        "9999999999999,9999999999.999"
    })
    void aTimeIsAPlainDecimal(long millis, String seconds) {
        assertThat(Payloads.seconds(Instant.ofEpochMilli(millis))).isEqualTo(seconds);
    }

    @Test
    void anAlertCarriesItsStateValueAndThreshold() {
        AlertChanged alert = new AlertChanged(
                AlertChanged.Kind.RAISED,
                7,
                "hot",
                TAG,
                Severity.CRITICAL,
                "too hot",
                Optional.of(TagValue.of(81.5)),
                80,
                AT);
        assertThat(new String(Payloads.alert(alert), UTF_8))
                .isEqualTo("{\"code\": \"hot\", \"message\": \"too hot\", \"timestamp\": 1763784000.123, \"id\": 7,"
                        + " \"state\": \"raised\", \"tag\": \"temperature\", \"value\": 81.5, \"threshold\": 80.0}");
    }
}
