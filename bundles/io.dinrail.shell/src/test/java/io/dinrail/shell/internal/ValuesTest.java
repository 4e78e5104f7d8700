package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.model.api.TagValue;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void wordsNumbersAndTextsAreTold() {
        assertThat(Values.parse("true")).isEqualTo(TagValue.of(true));
        assertThat(Values.parse("false")).isEqualTo(TagValue.of(false));
        assertThat(Values.parse("40")).isEqualTo(TagValue.of(40));
        assertThat(Values.parse("+40")).isEqualTo(TagValue.of(40));
        assertThat(Values.parse("-7")).isEqualTo(TagValue.of(-7));
        assertThat(Values.parse("18446744073709551615"))
                .isEqualTo(new TagValue.Whole(new BigInteger("18446744073709551615")));
        assertThat(Values.parse("71.50")).isEqualTo(TagValue.of(71.5));
        assertThat(Values.parse("1e3")).isEqualTo(TagValue.of(1000.0));
        assertThat(Values.parse("\"40\"")).isEqualTo(TagValue.of("40"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "TRUE", "1,5", "0x10", "NaN", "1e999", "\"", "--", "1.2.3"})
    void allElseIsText(String text) {
        assertThat(Values.parse(text)).isEqualTo(TagValue.of(text));
    }
}
