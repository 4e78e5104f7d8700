package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.modbus.internal.wire.Pace;
import io.dinrail.connector.modbus.internal.wire.SerialSettings;
import io.dinrail.connector.modbus.internal.wire.Wires;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusSettingsTest {
    @Test
    void allButTheHostHaveDefaults() {
        Duration second = Duration.ofSeconds(1);
        EndpointSettings endpoint = new EndpointSettings(
                Transport.TCP,
                Optional.of(new Wires.Address("127.0.0.1", 502, second, true)),
                Optional.empty(),
                Optional.empty());
        Pace pace = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(settings()).isEqualTo(new ModbusSettings(endpoint, 1, second, 1, 125, 10, 1, pace, 0));
    }

    @Test
    void aSerialPortHasTheDefaultsOfTheSpecification() {
        assertThat(ModbusSettings.of(new Settings(Map.of("transport", "rtu", "serial.port", "/dev/ttyS0")))
                        .endpoint()
                        .serial())
                .contains(new SerialSettings("/dev/ttyS0", 19_200, 8, SerialSettings.Parity.EVEN, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "transport, udp, is none of",
        "max.in.flight, 17, from 1 to 16",
        "keep.alive, maybe, is none of",
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

    @ParameterizedTest
    @CsvSource({
        "rtu, serial.port, ' ', is missing",
        "rtu, serial.parity, mark, is none of",
        "rtu, max.in.flight, 2, only 1 is possible",
        "rtu-over-tcp, max.in.flight, 2, only 1 is possible",
        "tls, tls.trust, ' ', is missing",
        "tls, tls.trust, nowhere.pem, nowhere.pem does not exist",
    })
    void aSettingThatDoesNotFitItsTransportIsRefusedByName(String transport, String key, String value, String why) {
        assertThatThrownBy(() -> settings("transport", transport, "serial.port", "/dev/ttyS0", key, value))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(key));
    }
}
