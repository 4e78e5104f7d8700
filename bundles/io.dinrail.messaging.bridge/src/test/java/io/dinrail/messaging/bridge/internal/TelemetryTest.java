package io.dinrail.messaging.bridge.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import io.dinrail.model.api.Unit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryTest {
    private static final Instant NOON = Instant.parse("2025-11-22T12:00:00Z");

    private static Telemetry telemetry(String topic, String payload) {
        return Telemetry.of(topic, payload.getBytes(UTF_8), NOON).orElseThrow();
    }

    private static Reading one(String payload) throws JsonException {
        return telemetry("telemetry/press-1/temperature", payload).decode().get(0);
    }

    @Test
    void everyMemberOfAnObjectButTheTimestampIsAReading() throws JsonException {
        List<Reading> readings = telemetry(
                        "telemetry/press-1", "{\"temperature\": 21.5, \"battery\": 80, \"timestamp\": 1763784000.25}")
                .decode();
        assertThat(readings)
                .extracting(Reading::tag)
                .containsExactly(TagId.of("press-1", "temperature"), TagId.of("press-1", "battery"));
        assertThat(readings).extracting(Reading::sourceTime).containsOnly(Instant.ofEpochMilli(1_763_784_000_250L));
        assertThat(readings).extracting(Reading::serverTime).containsOnly(NOON);
    }

    @Test
    void aBareNumberIsAReadingAtTheTimeOfReceipt() throws JsonException {
        Reading reading = one("21.5");
        assertThat(reading.value()).contains(TagValue.of(21.5));
        assertThat(reading.sourceTime()).isEqualTo(NOON);
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
    }

    @Test
    void anObjectOnAMetricsTopicCarriesQualityAndUnit() throws JsonException {
        Reading reading =
                one("{\"value\": 3, \"quality\": \"uncertain\", \"status\": \"calibrating\", \"unit\": \"bar\"}");
        assertThat(reading.quality()).isEqualTo(Quality.uncertain("calibrating"));
        assertThat(reading.unit()).contains(new Unit("bar"));
    }

    @ParameterizedTest
    @CsvSource({
        "1763784000,2025-11-22T04:00:00Z",
        "1763784000.5,2025-11-22T04:00:00.500Z",
        "1763784000500,2025-11-22T04:00:00.500Z",
        "'\"2025-11-22T05:00:00+01:00\"',2025-11-22T04:00:00Z"
    })
    void aTimestampIsSecondsMillisecondsOrText(String stamp, Instant time) throws JsonException {
        assertThat(one("{\"value\": 1, \"timestamp\": " + stamp + "}").sourceTime())
                .isEqualTo(time);
    }

    @Test
    void aTimeFarAheadIsNotBelieved() throws JsonException {
        Reading reading = one("{\"value\": 1, \"timestamp\": \"2027-01-01T00:00:00Z\"}");
        assertThat(reading.sourceTime()).isEqualTo(NOON);
        assertThat(reading.quality()).isEqualTo(Quality.uncertain(Telemetry.FUTURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "not json",
                "{\"value\":1",
                "{\"quality\":\"good\"}",
                "{\"value\":1,\"quality\":\"fine\"}",
                "{\"value\":1,\"timestamp\":true}",
                "{\"value\":1,\"timestamp\":\"noon\"}",
                "{\"value\":1,\"timestamp\":1e300}",
                "null"
            })
    void whatIsNoneOfTheShapesIsRefused(String payload) {
        assertThatThrownBy(() -> one(payload)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "1", "{\"timestamp\": 1}", "{\"a/b\": 1}"})
    void anObjectFormNeedsAMetricWithAName(String payload) {
        assertThatThrownBy(() -> telemetry("telemetry/press-1", payload).decode())
                .isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"telemetry", "telemetry/", "telemetry/a/b/c", "telemetry//t", "telemetry/a b/t", "other/a/b"})
    void aTopicOfAnotherShapeIsNoTelemetry(String topic) {
        assertThat(Telemetry.of(topic, new byte[0], NOON)).isEmpty();
    }

    @Test
    void whatCannotBeReadStandsInTheRecordAsBad() {
        Reading reading = telemetry("telemetry/press-1", "?").malformed();
        assertThat(reading.tag()).isEqualTo(TagId.of("press-1", "payload"));
        assertThat(reading.quality()).isEqualTo(Quality.bad("malformed"));
        assertThat(reading.value()).isEmpty();
    }
}
