package io.dinrail.identity.h2.internal.rules;

import java.util.Optional;

/** Topics and filters as MQTT 5, 4.7 has them, within this platform's bounds; nothing here allocates but {@link #fault}. */
public final class TopicText {
    static final int MOST_BYTES = 1024;
    static final int MOST_LEVELS = 32;
    /** What is written down of a level: where it starts, where it ends, and its hash as {@link String#hashCode} has it. */
    static final int STRIDE = 3;

    private static final String SHARE = "$share/";
    private static final String[] RESERVED = {"_system", "_metered", "_internal"};
    // Plain numbers, not a class of this bundle's: what a thread keeps must not keep an old bundle alive.
    private static final ThreadLocal<int[]> LEVELS = ThreadLocal.withInitial(() -> new int[STRIDE * MOST_LEVELS]);

    private TopicText() {}

    /**
     * Looks at a topic.
     *
     * @param topic any text.
     * @return whether messages can have it.
     */
    public static boolean isTopic(String topic) {
        return scan(topic, false, scratch()) > 0;
    }

    /**
     * Looks at a filter.
     *
     * @param filter any text.
     * @return whether it can be subscribed to, shared subscriptions aside.
     */
    public static boolean isFilter(String filter) {
        return scan(filter, true, scratch()) > 0;
    }

    /**
     * Looks for the first levels that are the platform's own: {@code $…}, {@code _system}, {@code _metered}, {@code _internal} in any case.
     *
     * @param topic a topic or filter.
     * @return whether its first level is one of them.
     */
    public static boolean isReserved(String topic) {
        if (topic.isEmpty() || topic.charAt(0) != '_') {
            return topic.startsWith("$");
        }
        int slash = topic.indexOf('/');
        int end = slash < 0 ? topic.length() : slash;
        for (String reserved : RESERVED) {
            if (end == reserved.length() && topic.regionMatches(true, 0, reserved, 0, end)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes {@code $share/group/} off.
     *
     * @param filter as a client asks for it.
     * @return what rules are asked about; a malformed shared subscription as it is, which is no filter.
     */
    public static String bare(String filter) {
        if (!filter.startsWith(SHARE)) {
            return filter;
        }
        int end = filter.indexOf('/', SHARE.length());
        boolean named = end > SHARE.length() && isTopic(filter.substring(SHARE.length(), end));
        String bare = named ? filter.substring(end + 1) : filter;
        return bare.startsWith(SHARE) ? filter : bare;
    }

    /**
     * Says what is wrong.
     *
     * @param text a topic or filter.
     * @param filter which of them.
     * @return half a sentence; empty if nothing is.
     */
    static Optional<String> fault(String text, boolean filter) {
        int code = scan(text, filter, scratch());
        return code > 0 ? Optional.empty() : Optional.of(TopicFault.of(code).sentence);
    }

    /** @return this thread's room for the levels of one text. */
    static int[] scratch() {
        return LEVELS.get();
    }

    /**
     * Takes a text apart.
     *
     * @param filter whether wildcards may stand in it.
     * @param levels where the levels are written to.
     * @return how many there are, or a {@link TopicFault}'s code.
     */
    static int scan(String text, boolean filter, int[] levels) {
        int length = text.length();
        if (length == 0 || length > MOST_BYTES) {
            return length == 0 ? TopicFault.EMPTY.code : TopicFault.LONG.code;
        }
        int count = 0;
        int start = 0;
        int hash = 0;
        int bytes = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '/' : text.charAt(i);
            if (c == '/') {
                if (count == MOST_LEVELS) {
                    return TopicFault.DEEP.code;
                }
                put(levels, count++, start, i, hash);
                start = i + 1;
                hash = 0;
                bytes++;
                continue;
            }
            int size = size(text, i, c, filter, start);
            if (size < 0) {
                return size;
            }
            bytes += size;
            hash = 31 * hash + c;
        }
        return bytes - 1 > MOST_BYTES
                ? TopicFault.LONG.code
                : filter && isShared(text) ? TopicFault.SHARED.code : count;
    }

    private static void put(int[] levels, int level, int start, int end, int hash) {
        levels[STRIDE * level] = start;
        levels[STRIDE * level + 1] = end;
        levels[STRIDE * level + 2] = hash;
    }

    /** @return the bytes of a character in UTF-8, half of four for each half of a pair; or a fault's code. */
    private static int size(String text, int i, char c, boolean filter, int start) {
        if (c < 0x80) {
            if (c < ' ' || c == 0x7f) {
                return TopicFault.CONTROL.code;
            }
            return c != '+' && c != '#' || filter && isWildcard(text, i, c, start) ? 1 : TopicFault.WILDCARD.code;
        }
        if (c < 0x800) {
            return c > 0x9f ? 2 : TopicFault.CONTROL.code;
        }
        if (!Character.isSurrogate(c)) {
            return 3;
        }
        return isPaired(text, i, c) ? 2 : TopicFault.SURROGATE.code;
    }

    private static boolean isWildcard(String text, int i, char c, int start) {
        boolean last = i + 1 == text.length();
        return i == start && (last || c == '+' && text.charAt(i + 1) == '/');
    }

    private static boolean isPaired(String text, int i, char c) {
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static boolean isShared(String text) {
        return text.startsWith(SHARE) || text.equals("$share");
    }
}
