package io.dinrail.identity.h2.internal.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one variable stands for on one connection; finds a piece of a text among 10,000 values as fast as among 10, without cutting it out. */
final class Values {
    private static final Values NONE = new Values(new String[1]);

    private final @Nullable String[] table; // open addressing; a power of two, never full but where there is but one

    private Values(@Nullable String[] table) {
        this.table = table;
    }

    /** Leaves out what could widen a rule. */
    static Values of(List<String> found) {
        if (found.size() == 1) {
            String only = found.get(0);
            return isPlain(only) ? new Values(new String[] {only}) : NONE;
        }
        List<String> values = found.stream().filter(Values::isPlain).distinct().toList();
        if (values.isEmpty()) {
            return NONE;
        }
        @Nullable String[] table = new String[values.size() == 1 ? 1 : Integer.highestOneBit(values.size()) * 4];
        for (String value : values) {
            int slot = slot(value.hashCode(), table.length);
            while (table[slot] != null) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = value;
        }
        return new Values(table);
    }

    boolean isEmpty() {
        return table == NONE.table;
    }

    /** @return the values, in no order. */
    Stream<String> stream() {
        return Arrays.stream(table).filter(Objects::nonNull).map(value -> (String) value);
    }

    /** @return the only value of a variable that can't have several. */
    String only() {
        String value = table[0];
        return value == null ? "" : value;
    }

    /**
     * Looks a piece of a text up.
     *
     * @param hash of the piece, as {@link String#hashCode} has it.
     * @return the value it is; null if it is none.
     */
    @Nullable
    String find(String text, int from, int to, int hash) {
        int slot = slot(hash, table.length);
        String value = table[slot];
        for (int left = table.length; value != null && left > 0; left--) {
            if (value.hashCode() == hash && value.length() == to - from && text.startsWith(value, from)) {
                return value;
            }
            slot = slot + 1 & table.length - 1;
            value = table[slot];
        }
        return null;
    }

    /** Scatters what lies together, as the hashes of numbered names do. */
    private static int slot(int hash, int size) {
        int scattered = hash * 0x9e3779b9;
        return (scattered ^ scattered >>> 16) & size - 1;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/' || c == '+' || c == '#' || Character.isISOControl(c)) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
