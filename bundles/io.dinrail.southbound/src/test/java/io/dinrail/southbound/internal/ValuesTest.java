package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static final TagValue BIG =
            new TagValue.Whole(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));

    @Test
    void scalingKeepsShortDecimalsShort() {
        assertThat(Scaling.toEngineering(Rows.spec("scale", "0.1"), TagValue.of(713)))
                .isEqualTo(TagValue.of(71.3));
        assertThat(Scaling.toEngineering(Rows.spec("scale", "10"), TagValue.of(7.13f)))
                .isEqualTo(TagValue.of(71.3));
        assertThat(Scaling.toEngineering(Rows.spec("scale", "0.5", "offset", "-40"), TagValue.of(100)))
                .isEqualTo(TagValue.of(10.0));
    }

    @Test
    void withoutScalingAWholeNumberStaysExact() {
        assertThat(Scaling.toEngineering(Rows.spec(), BIG)).isEqualTo(BIG);
        assertThat(RawValues.of(Rows.spec("type", "uint64"), BIG)).isEqualTo(BIG);
    }

    @Test
    void whatIsNoNumberIsNotScaled() {
        assertThat(Scaling.toEngineering(Rows.spec("scale", "2"), TagValue.of(true)))
                .isEqualTo(TagValue.of(true));
        assertThat(Scaling.toEngineering(Rows.spec("scale", "2"), TagValue.of("x")))
                .isEqualTo(TagValue.of("x"));
    }

    @ParameterizedTest
    @CsvSource({
        "int16, 0.1, 0, 71.3, 713",
        "int16, 1, 0, 40.6, 41",
        "uint8, 2, 10, 50, 20",
        "int32, -1, 0, 5, -5",
        "float32, 0.1, 0, 71.3, 713.0",
        "'', 0.1, 0, 71.3, 713.0",
        "'', 1, 0, 5.5, 5.5",
    })
    void aValueToBeWrittenIsUnscaledAndRounded(String type, String scale, String offset, double value, String raw) {
        TagSpec spec = Rows.spec("type", type, "scale", scale, "offset", offset);
        assertThat(RawValues.of(spec, TagValue.of(value))).hasToString(raw);
    }

    @ParameterizedTest
    @CsvSource({"int8,128", "uint16,-1", "uint16,65536", "int16,-32769", "float32,1e39", "bool,2", "bytes,xyz"})
    void whatDoesNotFitItsTypeIsRefused(String type, String value) {
        TagValue given = type.equals("bytes") ? TagValue.of(value) : TagValue.of(Double.parseDouble(value));
        assertThatThrownBy(() -> RawValues.of(Rows.spec("type", type), given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit press-1/temperature of type " + type);
    }

    @Test
    void statesTextsAndBytesAreTakenAsPeopleWriteThem() {
        assertThat(RawValues.of(Rows.spec("type", "bool"), TagValue.of(1))).isEqualTo(TagValue.of(true));
        assertThat(RawValues.of(Rows.spec("type", "bool"), TagValue.of("false")))
                .isEqualTo(TagValue.of(false));
        assertThat(RawValues.of(Rows.spec("type", "string"), TagValue.of(42))).isEqualTo(TagValue.of("42"));
        assertThat(RawValues.of(Rows.spec("type", "bytes"), TagValue.of("0aff")))
                .hasToString("0aff");
        assertThatThrownBy(() -> RawValues.of(Rows.spec("type", "int16"), TagValue.of(true)))
                .hasMessageContaining("write a number");
    }

    @Test
    void limitsAreInTheEngineeringUnit() {
        TagSpec spec = Rows.spec("type", "int16", "scale", "0.1", "min", "0", "max", "50");
        assertThat(RawValues.beyondLimits(spec, TagValue.of(50))).isEmpty();
        assertThat(RawValues.beyondLimits(spec, TagValue.of(50.1))).contains("above the limit 50.0");
        assertThat(RawValues.beyondLimits(spec, TagValue.of(-1))).contains("below the limit 0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "20, 40, 40, APPLIED",
        "20, 40, 35, CLAMPED",
        "20, 40, 20, NOT_KEPT",
        "20, 40, 50, UNVERIFIED",
        "60, 40, 45, CLAMPED",
        "40, 40, 40, APPLIED",
        "0, 71.3, 71.30000305175781, APPLIED",
        "0, 71.3, 71.31, UNVERIFIED",
    })
    void theVerdictComparesBeforeWrittenAndNow(double before, double written, double now, Verdict verdict) {
        assertThat(WriteJudge.judge(Optional.of(TagValue.of(before)), TagValue.of(written), TagValue.of(now)))
                .isEqualTo(verdict);
    }

    @Test
    void withoutAValueBeforeOnlyAppliedCanBeTold() {
        assertThat(WriteJudge.judge(Optional.empty(), TagValue.of(1), TagValue.of(1)))
                .isEqualTo(Verdict.APPLIED);
        assertThat(WriteJudge.judge(Optional.empty(), TagValue.of(1), TagValue.of(2)))
                .isEqualTo(Verdict.UNVERIFIED);
    }

    @Test
    void largeWholeNumbersAreComparedExactly() {
        TagValue next = new TagValue.Whole(BigInteger.TWO.pow(64).subtract(BigInteger.TWO));
        assertThat(WriteJudge.same(BIG, next)).isFalse();
        assertThat(WriteJudge.same(TagValue.of(true), TagValue.of(1))).isTrue();
    }
}
