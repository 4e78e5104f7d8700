package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import io.dinrail.model.api.TagValue;
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
        "holding:1,     string,  length, is missing",
        "holding:1,     word,    type, is no type",
        "holding:1.4,   int8,    type, begins at bit 0 or 8",
        "coil:1,        uint8,   type, one bit holds a bool",
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

    @ParameterizedTest
    @CsvSource({"0", "247", "x", "-1"})
    void aLengthThatNoWriteTakesIsRefused(String length) {
        refused(row("holding:1", "string", Access.R, Map.of("length", length)), "length", "from 1 to 246");
    }

    @Test
    void aByteOfARegisterIsHalfOfIt() {
        byte[] register = {(byte) 0x80, 0x7F};
        assertThat(point(row("holding:1.8", "int8")).decode(register, 1)).isEqualTo(TagValue.of(-128));
        assertThat(point(row("holding:1.8", "uint8")).decode(register, 1)).isEqualTo(TagValue.of(128));
        assertThat(point(row("holding:1.0", "int8")).decode(register, 1)).isEqualTo(TagValue.of(127));
    }

    @Test
    void aNumberOfOneByteInAWholeRegisterIsNeverCutSilently() {
        ModbusPoint point = point(row("holding:0", "uint8"));
        assertThat(point.decode(new byte[] {0, (byte) 200}, 0)).isEqualTo(TagValue.of(200));
        assertThatThrownBy(() -> point.decode(new byte[] {1, 0}, 0)).hasMessage("256 does not fit uint8");
        assertThat(point(row("holding:0", "int8")).decode(new byte[] {-1, -2}, 0))
                .isEqualTo(TagValue.of(-2));
    }

    @Test
    void aTextEndsAtItsFirstZeroAndBytesDoNot() {
        byte[] registers = {'P', 'r', 'e', (byte) 0xDF, 0, 'x'};
        assertThat(point(row("holding:0", "string", Access.R, Map.of("length", "5")))
                        .decode(registers, 0))
                .isEqualTo(TagValue.of("Preß"));
        assertThat(point(row("holding:0", "bytes", Access.R, Map.of("length", "6")))
                        .decode(registers, 0))
                .isEqualTo(new TagValue.Bytes(registers));
    }

    @ParameterizedTest
    @CsvSource({"tooLong, it has 7 characters and the tag 4", "€, is no text of ISO 8859-1"})
    void aTextWithoutPlaceIsRefused(String text, String why) {
        ModbusPoint point = point(row("holding:0", "string", Access.RW, Map.of("length", "4")));
        assertThatThrownBy(() -> point.encode(TagValue.of(text))).hasMessageContaining(why);
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
