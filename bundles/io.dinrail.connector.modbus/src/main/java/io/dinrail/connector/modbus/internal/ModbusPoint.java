package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * One row of the tags file, understood.
 *
 * @param address where.
 * @param type what is there.
 * @param order how its bytes are sent.
 * @param written the address as it stands in the tags file, for messages.
 */
record ModbusPoint(Address address, DataType type, WordOrder order, String written) {
    static final String ORDER = "order";
    static final String LENGTH = "length";

    /** @throws SettingException if a column of the row is refused. */
    static ModbusPoint of(TagSpec tag, ModbusSettings settings) {
        Address address = Address.parse(tag.address(), settings.unit(), settings.base());
        boolean bit = address.area().bits() || address.bit() != Address.WHOLE;
        DataType type = type(tag.type(), bit);
        if (tag.access().writes() && !address.area().writable()) {
            throw new SettingException("access", "an address of area " + address.area() + " can't be written");
        }
        if (tag.more().containsKey(LENGTH)) {
            throw new SettingException(
                    LENGTH, "only string and bytes have a length, and modbus does not read them yet");
        }
        if (bit && tag.more().containsKey(ORDER)) {
            throw new SettingException(ORDER, "a bit has no order");
        }
        WordOrder order = order(tag.more().getOrDefault(ORDER, WordOrder.ABCD.name()));
        ModbusPoint point = new ModbusPoint(address, type, order, tag.address());
        point.check(settings);
        return point;
    }

    /** @return how many addresses it takes: bits in a bit area, registers elsewhere. */
    int width() {
        return type.registers();
    }

    /** @return the first address behind it. */
    int end() {
        return address.offset() + width();
    }

    /**
     * Takes the value out of an answer.
     *
     * @param data packed bits of a bit area, registers elsewhere.
     * @param start the address of the first.
     */
    TagValue decode(byte[] data, int start) {
        int index = address.offset() - start;
        if (address.area().bits()) {
            return TagValue.of((data[index / 8] >> index % 8 & 1) == 1);
        }
        byte[] own = Arrays.copyOfRange(data, index * 2, (index + width()) * 2);
        if (address.bit() != Address.WHOLE) {
            return TagValue.of((own[1 - address.bit() / 8] >> address.bit() % 8 & 1) == 1);
        }
        return type.decode(order.apply(own));
    }

    private void check(ModbusSettings settings) {
        if (end() > 0x10000) {
            throw new SettingException("address", "'" + written + "' leaves no room for " + type);
        }
        if (width() > settings.maxRegisters()) {
            throw new SettingException("type", type + " takes " + width() + " registers, and max.registers is less");
        }
    }

    private static DataType type(String word, boolean bit) {
        if (word.isEmpty()) {
            return bit ? DataType.BOOL : DataType.UINT16;
        }
        DataType type = Arrays.stream(DataType.values())
                .filter(known -> known.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException(
                        "type", "'" + word + "' is not supported yet by modbus; there are " + known()));
        if (bit && type != DataType.BOOL) {
            throw new SettingException("type", "one bit holds a bool, not " + type);
        }
        if (!bit && type == DataType.BOOL) {
            throw new SettingException("type", "a bool in a register names its bit, such as holding:7.4");
        }
        return type;
    }

    private static String known() {
        return String.join(
                " ", Arrays.stream(DataType.values()).map(DataType::toString).toList());
    }

    private static WordOrder order(String word) {
        try {
            return WordOrder.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new SettingException(ORDER, "'" + word + "' is none of ABCD, CDAB, BADC, DCBA");
        }
    }

    @Override
    public String toString() {
        return written;
    }
}
