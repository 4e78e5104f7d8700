package io.dinrail.broker.front;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses and networks, such as {@code 10.1.0.0/16}. */
public final class AddressRanges {
    /** No address at all. */
    public static final AddressRanges NONE = new AddressRanges();

    /** No host name: it would be looked up, and might be somebody else tomorrow. */
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private record Range(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    private AddressRanges() {}

    /**
     * Reads them.
     *
     * @param key for the message.
     * @param list separated by commas.
     * @return the ranges.
     * @throws IllegalArgumentException if a part is neither; the message names the key.
     */
    public static AddressRanges of(String key, String list) {
        AddressRanges all = new AddressRanges();
        for (String part : list.split(",", -1)) {
            if (!part.isBlank()) {
                all.ranges.add(range(key, part.trim()));
            }
        }
        return all;
    }

    private static Range range(String key, String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        try {
            if (NUMERIC.matcher(host).matches()) {
                byte[] address = InetAddress.getByName(host).getAddress();
                int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= address.length * 8) {
                    return new Range(address, bits);
                }
            }
        } catch (UnknownHostException | NumberFormatException e) {
            // refused below, with what was meant
        }
        throw new IllegalArgumentException(
                key + ": addresses or networks such as 10.1.0.0/16, separated by commas, not '" + text + "'");
    }

    /**
     * Looks an address up.
     *
     * @param address any.
     * @return whether it is in one of them.
     */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }
}
