package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.h2.internal.TopicText.ALL;
import static io.dinrail.identity.h2.internal.TopicText.ONE;

import java.util.List;

/**
 * The filter of a rule, one level of which may be {@code {self}}: the principal's name, always taken literally. Compiled once and shared by all
 * principals.
 */
final class AllowedFilter {
    private static final String SELF = "{self}";
    private final String text;
    private final String[] levels;
    private final int selfAt;

    AllowedFilter(String text) {
        this.text = text;
        this.levels = text.split("/", -1);
        this.selfAt = List.of(levels).indexOf(SELF);
    }

    /**
     * Tells whether this filter matches every topic that another matches; a topic is a filter that matches itself only.
     *
     * @param asked the levels of a well-formed topic or filter.
     */
    boolean covers(String[] asked, String self) {
        String[] other = spelledOut(asked);
        if (isWildcard(0) && other[0].startsWith("$")) {
            return false;
        }
        for (int i = 0; i < levels.length; i++) {
            if (is(ALL, i)) {
                return true; // the parent too, where the other ends just here
            }
            if (i == other.length || !coversLevel(i, other[i], self)) {
                return false;
            }
        }
        return levels.length == other.length;
    }

    String text(String self) {
        return text.replace(SELF, self);
    }

    private boolean coversLevel(int i, String other, String self) {
        if (other.equals(ALL)) {
            return false; // it has no end, and from here on this filter has one or asks for more levels
        }
        return is(ONE, i) || !other.equals(ONE) && (i == selfAt ? self : levels[i]).equals(other);
    }

    /**
     * {@code #} includes the level above it. Where that would be the empty topic, which can't exist, it means one level more: {@code #} is
     * {@code +/#}, and {@code /#} is {@code /+/#}.
     */
    private static String[] spelledOut(String[] asked) {
        if (asked.length == 1 && asked[0].equals(ALL)) {
            return new String[] {ONE, ALL};
        }
        if (asked.length == 2 && asked[0].isEmpty() && asked[1].equals(ALL)) {
            return new String[] {"", ONE, ALL};
        }
        return asked;
    }

    private boolean isWildcard(int i) {
        return is(ONE, i) || is(ALL, i);
    }

    private boolean is(String wildcard, int i) {
        return levels[i].equals(wildcard);
    }
}
