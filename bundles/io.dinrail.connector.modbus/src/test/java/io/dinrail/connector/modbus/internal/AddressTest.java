package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "holding:100,    0, 1, HOLDING,  100,   -1",
        "holding:100,    1, 1, HOLDING,  99,    -1",
        "3/input:7,      0, 3, INPUT,    7,     -1",
        "0/coil:0,       0, 0, COIL,     0,     -1",
        "discrete:65535, 0, 1, DISCRETE, 65535, -1",
        "holding:65536,  1, 1, HOLDING,  65535, -1",
        "HOLDING:7.4,    0, 1, HOLDING,  7,     4",
        "255/input:7.15, 0, 255, INPUT,  7,     15",
        "40101,          0, 1, HOLDING,  100,   -1",
        "40101,          1, 1, HOLDING,  100,   -1",
        "400101,         0, 1, HOLDING,  100,   -1",
        "465536,         0, 1, HOLDING,  65535, -1",
        "2/30001,        0, 2, INPUT,    0,     -1",
        "00001,          0, 1, COIL,     0,     -1",
        "10016,          0, 1, DISCRETE, 15,    -1",
        "40001.3,        0, 1, HOLDING,  0,     3",
    })
    void anAddressIsUnderstoodInBothNotations(String text, int base, int unit, Area area, int offset, int bit) {
        assertThat(Address.parse(text, 1, base)).isEqualTo(new Address(unit, area, offset, bit));
    }

    @ParameterizedTest
    @CsvSource({
        "holding,        0, is no address",
        "holding:-1,     0, is no address",
        "holding:0x10,   0, is no address",
        "register:1,     0, is no address",
        "50001,          0, is no address",
        "'',             0, is no address",
        "256/holding:1,  0, unit above 255",
        "holding:0,      1, from 1 to 65536",
        "holding:65536,  0, from 0 to 65535",
        "40000,          0, from 1 to 65536",
        "465537,         0, from 1 to 65536",
        "holding:7.16,   0, bit above 15",
        "coil:7.1,       0, one bit itself",
    })
    void whatIsNoAddressIsRefusedWithItsColumn(String text, int base, String why) {
        assertThatThrownBy(() -> Address.parse(text, 1, base))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo("address"));
    }
}
