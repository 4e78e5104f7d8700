package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.model.api.TagValue;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTypeTest {
    @ParameterizedTest
    @CsvSource({
        "UINT16, 65536",
        "UINT16, -1",
        "INT16, 32768",
        "INT16, -32769",
        "UINT32, 4294967296",
        "INT32, -2147483649",
        "UINT64, 18446744073709551616",
        "INT64, 9223372036854775808",
        "FLOAT32, 1e39",
        "UINT16, NaN",
        "FLOAT64, Infinity",
    })
    void aValueWithoutPlaceInTheTypeIsRefused(DataType type, String number) {
        TagValue value = number.matches("-?\\d+")
                ? new TagValue.Whole(new java.math.BigInteger(number))
                : TagValue.of(Double.parseDouble(number));
        assertThatThrownBy(() -> type.encode(value, 8)).hasMessageContaining("");
        assertThatThrownBy(() -> type.encode(TagValue.of("12"), 8)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheScaleMadeAlmostWholeIsRounded() {
        assertThat(HexFormat.of().formatHex(DataType.UINT16.encode(TagValue.of(39.999999999999996), 2)))
                .isEqualTo("0028");
        assertThat(HexFormat.of().formatHex(DataType.INT16.encode(TagValue.of(-40.2), 2)))
                .isEqualTo("ffd8");
    }

    @Test
    void aStateIsWrittenAsABoolOrAsZeroOrOne() {
        assertThat(DataType.state(TagValue.of(true))).isTrue();
        assertThat(DataType.state(TagValue.of(0))).isFalse();
        assertThatThrownBy(() -> DataType.state(TagValue.of(2))).hasMessageContaining("neither true nor false");
    }
}
