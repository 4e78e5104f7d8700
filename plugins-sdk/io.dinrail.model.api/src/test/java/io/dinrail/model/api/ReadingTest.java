package io.dinrail.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aGoodReadingHasAValue() {
        assertThatThrownBy(() -> new Reading(
                        TagId.of("press-1", "t"), Optional.empty(), Quality.GOOD, NOON, NOON, Optional.empty()))
                .hasMessageContaining("press-1/t");
    }

    @Test
    void aStatusStandsExactlyWhereTheLevelIsNotGood() {
        assertThatThrownBy(() -> new Quality(Quality.Level.BAD, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quality(Quality.Level.GOOD, "stale")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Quality.bad(Quality.COMM_FAILURE)).hasToString("bad/comm-failure");
        assertThat(Quality.uncertain(Quality.STALE).isGood()).isFalse();
    }

    @Test
    void aFloat32KeepsItsShortestDecimal() {
        TagValue value = TagValue.of(71.3f);
        assertThat(value).hasToString("71.3");
        assertThat((float) value.number().orElseThrow()).isEqualTo(71.3f);
    }

    @Test
    void anUnsigned64BitCounterStaysExact() {
        BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        assertThat(new TagValue.Whole(most)).hasToString("18446744073709551615");
    }

    @Test
    void statesCountAsNumbersAndTextsDoNot() {
        assertThat(TagValue.of(true).number()).hasValue(1);
        assertThat(TagValue.of("1").number()).isEmpty();
    }

    @Test
    void bytesAreComparedByContentAndNotShared() {
        byte[] raw = {1, 2};
        TagValue.Bytes bytes = new TagValue.Bytes(raw);
        raw[0] = 9;
        bytes.value()[1] = 9;
        assertThat(bytes).isEqualTo(new TagValue.Bytes(new byte[] {1, 2})).hasToString("0102");
    }

    @Test
    void aSeverityIsReadInAnyCaseAndAnUnknownOneIsRefused() {
        assertThat(Severity.of("Critical")).isEqualTo(Severity.CRITICAL).hasToString("critical");
        assertThatThrownBy(() -> Severity.of("fatal")).hasMessageContaining("info, warning, major, critical");
    }
}
