package io.dinrail.json.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "-12",
                "18446744073709551615",
                "71.5",
                "\"a \\\"b\\\" \\n\"",
                "[1,[2.5,\"x\"],{}]",
                "{\"tag\":\"setpoint\",\"value\":40}"
            })
    void whatIsReadIsWrittenTheSame(String json) throws JsonException {
        assertThat(Json.write(Json.read(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,",
                "{\"a\":1,\"a\":2}",
                "1 2",
                "nul",
                "NaN",
                "{'a':1}",
                "null",
                "[null]",
                "1e999",
                "\u0000"
            })
    void whatIsNoJsonIsRefusedWithItsPlace(String json) {
        assertThatThrownBy(() -> Json.read(json))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("line ");
    }

    @Test
    void theLineAndColumnAreThoseOfTheMistake() {
        assertThatThrownBy(() -> Json.read("{\n  \"a\": ?\n}")).hasMessageStartingWith("line 2, column ");
    }

    @Test
    void deepNestingAndHugeNumbersAreRefused() {
        assertThatThrownBy(() -> Json.read("[".repeat(40) + "]".repeat(40))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.read("1".repeat(200))).isInstanceOf(JsonException.class);
    }

    @Test
    void aMemberThatIsNullIsAbsent() throws JsonException {
        assertThat(Json.readObject("{\"value\":null,\"unit\":\"Cel\"}")).containsOnlyKeys("unit");
    }

    @Test
    void onlyAnObjectIsReadAsAnObject() {
        assertThatThrownBy(() -> Json.readObject("[1]")).hasMessageContaining("a JSON object is expected");
    }

    @Test
    void anObjectIsBuiltInOrderAndAbsenceIsNull() {
        String json = new JsonObject()
                .put("at", Instant.parse("2026-11-22T12:00:00.123456Z"))
                .put("names", List.of("a", "b"))
                .put("count", 3)
                .put("ratio", 0.5)
                .put("ok", true)
                .putOrNull("value", Optional.empty())
                .toString();
        assertThat(json)
                .isEqualTo(
                        "{\"at\":\"2026-11-22T12:00:00.123Z\",\"names\":[\"a\",\"b\"],\"count\":3,\"ratio\":0.5,\"ok\":true,"
                                + "\"value\":null}");
    }

    @Test
    void bytesAreWrittenInHexadecimal() {
        assertThat(Json.write(new TagValue.Bytes(new byte[] {(byte) 0xca, (byte) 0xfe})))
                .isEqualTo("\"cafe\"");
    }
}
