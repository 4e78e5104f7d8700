package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusSettingsTest {
    @Test
    void allButTheHostHaveDefaults() {
        assertThat(settings())
                .isEqualTo(new ModbusSettings(
                        "127.0.0.1", 502, 1, Duration.ofSeconds(1), 1, 125, 10, Duration.ZERO, Duration.ZERO, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "transport, rtu, there is tcp",
        "retries, 6, from 0 to 5",
        "max.registers, 126, from 1 to 125",
        "base, 2, from 0 to 1",
        "timeout, 0s, above zero",
        "host, ' ', is missing",
    })
    void aSettingOutOfItsRangeIsRefusedByName(String key, String value, String why) {
        assertThatThrownBy(() -> settings(key, value))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(key));
    }
}
