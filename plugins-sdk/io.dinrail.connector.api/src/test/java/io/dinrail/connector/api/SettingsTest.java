package io.dinrail.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void aMissingKeyHasItsDefaultAndARequiredOneIsNamed() {
        Settings settings = new Settings(Map.of("host", "  "));
        assertThat(settings.whole("port", 502, 1, 65_535)).isEqualTo(502);
        assertThat(settings.period("timeout", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> settings.required("host"))
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "70000", "1.5", "99999999999"})
    void aNumberOutOfItsRangeIsRefusedWithTheRange(String port) {
        Settings settings = new Settings(Map.of("port", port));
        assertThatThrownBy(() -> settings.whole("port", 502, 1, 65_535)).hasMessageContaining("from 1 to 65535");
    }

    @Test
    void aWordIsOneOfThoseAllowed() {
        Settings settings = new Settings(Map.of("transport", "carrier-pigeon"));
        assertThatThrownBy(() -> settings.choice("transport", "tcp", Set.of("tcp", "tls")))
                .hasMessageContaining("tcp, tls");
    }

    @Test
    void keysThatNobodyAskedForAreKnown() {
        Settings settings = new Settings(Map.of("host", "plc", "prot", "502"));
        settings.required("host");
        assertThat(settings.unasked()).containsExactly("prot");
    }

    @ParameterizedTest
    @CsvSource({"100ms,PT0.1S", "1s,PT1S", "1.5s,PT1.5S", "2m,PT2M", "1h,PT1H", "1d,PT24H", "0ms,PT0S"})
    void aPeriodIsReadAsPeopleWriteIt(String text, Duration period) {
        assertThat(Periods.parse(text)).isEqualTo(period);
        assertThat(Periods.parse(Periods.format(period))).isEqualTo(period);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "-1s", "1 week", "1e3s"})
    void whatIsNoPeriodIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Periods.parse(text)).hasMessageContaining("write 100ms, 1s");
    }
}
