package io.dinrail.broker.internal.routing;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The levels of topics and filters by position, so that a match cuts no strings. A level starts after a slash and may be empty. */
final class Levels {
    static final String ONE = "+";
    static final String REST = "#";

    /** Trees are walked by recursion; the protocol's limit is far below. */
    static final int MOST = 256;

    // Clients choose the names: without a secret they could choose names that all fall into one bucket.
    private static final long SECRET = new SecureRandom().nextLong();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    // The same few names ("status", "temperature") end a million filters. Racing writers lose a name at worst.
    private static final @Nullable String[] RECENT = new String[1024];

    private Levels() {}

    /** The end of the level that starts at {@code from}; the next one starts one further, and none does past the length. */
    static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    static boolean isOver(String text, int from) {
        return from > text.length();
    }

    static boolean is(String level, String text, int from, int end) {
        return level.length() == end - from && text.startsWith(level, from);
    }

    static int hash(String text, int from, int end) {
        long hash = SECRET;
        for (int i = from; i < end; i++) {
            hash = (Long.rotateLeft(hash, 23) ^ text.charAt(i)) * FACTOR;
        }
        return (int) ((hash ^ (hash >>> 29)) >>> 16);
    }

    /** The level as a string of its own, mostly the one that other filters have already. */
    static String name(String text, int from, int end) {
        int slot = hash(text, from, end) & (RECENT.length - 1);
        String recent = RECENT[slot];
        if (recent != null && is(recent, text, from, end)) {
            return recent;
        }
        String name = text.substring(from, end);
        RECENT[slot] = name;
        return name;
    }

    /** The standards keep wildcards at the first level away from topics of the server itself. */
    static boolean isOfServer(String topic) {
        return topic.startsWith("$");
    }

    static void check(String text) {
        int levels = 1;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            levels++;
        }
        if (levels > MOST) {
            throw new IllegalArgumentException(
                    "A topic or filter of " + levels + " levels can't be kept: use at most " + MOST + ".");
        }
    }
}
