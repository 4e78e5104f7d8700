package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.SettingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as people write it: {@code [unit/]area:offset[.bit]}, or Modicon notation with five or six digits.
 *
 * @param unit the unit id, 0 to 255.
 * @param area the address space.
 * @param offset from zero, as it goes over the wire.
 * @param bit of the register, 0 the least significant; {@link #WHOLE} if none was named.
 */
record Address(int unit, Area area, int offset, int bit) {
    static final int WHOLE = -1;

    private static final String COLUMN = "address";
    private static final Pattern FORM = Pattern.compile(
            "(?:(\\d{1,3})/)?(?:(coil|discrete|input|holding):(\\d{1,5})|([0134])(\\d{4,5}))(?:\\.(\\d{1,2}))?");

    /**
     * Reads an address.
     *
     * @param text as written in the tags file.
     * @param unit if the text names none.
     * @param base the number of the first address in {@code area:offset} notation; Modicon's always counts from one.
     * @return the address.
     * @throws SettingException if the text is none.
     */
    static Address parse(String text, int unit, int base) {
        Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(text, "is no address: write holding:100, 3/input:7, holding:7.4, 40101 or 400101");
        }
        boolean modicon = matcher.group(4) != null;
        Area area = modicon
                ? modiconArea(matcher.group(4))
                : Area.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        int first = modicon ? 1 : base;
        int number = Integer.parseInt(modicon ? matcher.group(5) : matcher.group(3));
        int offset = number - first;
        if (offset < 0 || offset > 0xFFFF) {
            throw refused(text, "is outside the area: its addresses go from " + first + " to " + (0xFFFF + first));
        }
        return new Address(unit(text, matcher.group(1), unit), area, offset, bit(text, matcher.group(6), area));
    }

    private static Area modiconArea(String digit) {
        return switch (digit) {
            case "0" -> Area.COIL;
            case "1" -> Area.DISCRETE;
            case "3" -> Area.INPUT;
            default -> Area.HOLDING;
        };
    }

    private static int unit(String text, String digits, int otherwise) {
        int unit = digits == null ? otherwise : Integer.parseInt(digits);
        if (unit > 255) {
            throw refused(text, "names a unit above 255");
        }
        return unit;
    }

    private static int bit(String text, String digits, Area area) {
        int bit = digits == null ? WHOLE : Integer.parseInt(digits);
        if (bit > 15) {
            throw refused(text, "names a bit above 15");
        }
        if (bit != WHOLE && area.bits()) {
            throw refused(text, "names a bit of a " + area + ", which is one bit itself");
        }
        return bit;
    }

    private static SettingException refused(String text, String why) {
        return new SettingException(COLUMN, "'" + text + "' " + why);
    }
}
