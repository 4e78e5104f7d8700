package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusPointTest {
    @Test
    void withoutATypeABitIsABoolAndARegisterAnUnsignedNumber() {
        assertThat(point(row("coil:1", "")).type()).isEqualTo(DataType.BOOL);
        assertThat(point(row("discrete:1", "")).type()).isEqualTo(DataType.BOOL);
        assertThat(point(row("holding:1.0", "")).type()).isEqualTo(DataType.BOOL);
        assertThat(point(row("input:1", "")).type()).isEqualTo(DataType.UINT16);
    }

    @Test
    void twoEqualRowsGiveEqualPoints() {
        assertThat(point(row("holding:1", "int32"))).isEqualTo(point(row("holding:1", "int32")));
    }

    @ParameterizedTest
    @CsvSource({
        "holding:1,     string,  type, not supported yet by modbus",
        "holding:1,     int8,    type, not supported yet by modbus",
        "holding:1,     bool,    type, names its bit",
        "coil:1,        uint16,  type, one bit holds a bool",
        "holding:1.2,   uint16,  type, one bit holds a bool",
        "holding:65535, float32, address, leaves no room",
    })
    void aTypeThatDoesNotFitIsRefusedWithItsColumn(String address, String type, String column, String why) {
        refused(row(address, type), column, why);
    }

    @ParameterizedTest
    @CsvSource({"order, ABDC, none of", "length, 4, only string and bytes"})
    void anOwnColumnThatDoesNotFitIsRefused(String column, String value, String why) {
        refused(row("holding:1", "int32", Access.R, Map.of(column, value)), column, why);
    }

    @ParameterizedTest
    @CsvSource({"input:1", "discrete:1", "30001"})
    void whatCannotBeWrittenIsRefusedAsWritable(String address) {
        refused(row(address, "", Access.RW, Map.of()), "access", "can't be written");
    }

    @Test
    void aValueWiderThanTheLargestReadIsRefused() {
        assertThatThrownBy(() -> ModbusPoint.of(row("holding:1", "float32"), settings("max.registers", "1")))
                .hasMessageContaining("max.registers");
    }

    private static ModbusPoint point(TagSpec row) {
        return ModbusPoint.of(row, settings());
    }

    private static void refused(TagSpec row, String column, String why) {
        assertThatThrownBy(() -> point(row))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        SettingException.class, e -> assertThat(e.key()).isEqualTo(column));
    }
}
