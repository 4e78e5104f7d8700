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
 * @param length of a string or bytes; 0 of all else.
 * @param written the address as it stands in the tags file, for messages.
 */
record ModbusPoint(Address address, DataType type, WordOrder order, int length, String written) {
    static final String ORDER = "order";
    static final String LENGTH = "length";

    private static final int LONGEST = 246; // what one write takes

    /** @throws SettingException if a column of the row is refused. */
    static ModbusPoint of(TagSpec tag, ModbusSettings settings) {
        Address address = Address.parse(tag.address(), settings.unit(), settings.base());
        DataType type = type(tag.type(), address);
        if (tag.access().writes() && !address.area().writable()) {
            throw new SettingException("access", "an address of area " + address.area() + " can't be written");
        }
        if (tag.more().containsKey(ORDER) && isPart(address)) {
            throw new SettingException(ORDER, "a part of a register has no order");
        }
        WordOrder order = order(tag.more().getOrDefault(ORDER, WordOrder.ABCD.name()));
        ModbusPoint point = new ModbusPoint(address, type, order, length(tag, type), tag.address());
        point.check(settings);
        return point;
    }

    /** @return how many addresses it takes: bits in a bit area, registers elsewhere. */
    int width() {
        return type.hasLength() ? (length + 1) / 2 : type.registers();
    }

    /** @return the first address behind it. */
    int end() {
        return address.offset() + width();
    }

    /** @return whether it is less than a register, so that a write must leave the rest as it is. */
    boolean isPart() {
        return !address.area().bits() && address.bit() != Address.WHOLE;
    }

    /** @return the bits of the register that are this point's, if it {@link #isPart()}. */
    int mask() {
        return (type.isOctet() ? 0xFF : 1) << address.bit();
    }

    /**
     * Takes the value out of an answer.
     *
     * @param data packed bits of a bit area, registers elsewhere.
     * @param start the address of the first.
     * @throws IllegalArgumentException if what stands there is no value of the type.
     */
    TagValue decode(byte[] data, int start) {
        int index = address.offset() - start;
        if (address.area().bits()) {
            return TagValue.of((data[index / 8] >> index % 8 & 1) == 1);
        }
        byte[] own = Arrays.copyOfRange(data, index * 2, (index + width()) * 2);
        if (isPart()) {
            byte octet = own[1 - address.bit() / 8];
            return type.isOctet()
                    ? type.decode(new byte[] {octet})
                    : TagValue.of((octet >> address.bit() % 8 & 1) == 1);
        }
        byte[] turned = order.apply(own);
        return type.hasLength() ? TextBytes.decode(type, Arrays.copyOf(turned, length)) : type.decode(turned);
    }

    /**
     * Brings a value into registers.
     *
     * @return whole registers as they are sent; of a part of a register its bits at their place.
     * @throws IllegalArgumentException if the value has no place in the point; its message says why.
     */
    byte[] encode(TagValue value) {
        if (isPart()) {
            int bits = type.isOctet() ? type.encode(value, 1)[0] & 0xFF : DataType.state(value) ? 1 : 0;
            int word = bits << address.bit();
            return new byte[] {(byte) (word >> 8), (byte) word};
        }
        byte[] most = type.hasLength()
                ? Arrays.copyOf(TextBytes.encode(type, value, length), width() * 2)
                : type.encode(value, width() * 2);
        return order.apply(most);
    }

    private void check(ModbusSettings settings) {
        if (end() > 0x10000) {
            throw new SettingException("address", "'" + written + "' leaves no room for " + type);
        }
        if (width() > settings.maxRegisters()) {
            throw new SettingException("type", type + " takes " + width() + " registers, and max.registers is less");
        }
    }

    private static boolean isPart(Address address) {
        return address.area().bits() || address.bit() != Address.WHOLE;
    }

    private static DataType type(String word, Address address) {
        boolean bit = isPart(address);
        if (word.isEmpty()) {
            return bit ? DataType.BOOL : DataType.UINT16;
        }
        DataType type = Arrays.stream(DataType.values())
                .filter(known -> known.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingException("type", "'" + word + "' is no type; there are " + known()));
        boolean octet = type.isOctet() && !address.area().bits() && address.bit() % 8 == 0;
        if (bit && type != DataType.BOOL && !octet) {
            throw new SettingException(
                    "type", "one bit holds a bool, not " + type + "; a byte of a register begins at bit 0 or 8");
        }
        if (!bit && type == DataType.BOOL) {
            throw new SettingException("type", "a bool in a register names its bit, such as holding:7.4");
        }
        return type;
    }

    private static int length(TagSpec tag, DataType type) {
        String text = tag.more().get(LENGTH);
        if (!type.hasLength()) {
            if (text != null) {
                throw new SettingException(LENGTH, "only string and bytes have a length");
            }
            return 0;
        }
        if (text == null) {
            throw new SettingException(LENGTH, "is missing: a " + type + " needs one");
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LONGEST) {
            throw new SettingException(LENGTH, "'" + text + "' is no whole number from 1 to " + LONGEST);
        }
        return Integer.parseInt(text);
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
