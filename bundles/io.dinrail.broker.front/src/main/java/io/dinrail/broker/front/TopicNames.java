package io.dinrail.broker.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** What MQTT 5.0, section 4.7 says of topics and filters, and what this platform reserves. */
public final class TopicNames {
    private static final int LONGEST = 1_024;
    private static final int DEEPEST = 32;
    private static final char REPLACED = '\uFFFD';
    private static final String SHARE = "$share/";

    private TopicNames() {}

    /**
     * Judges a text.
     *
     * @param topic any text.
     * @return whether a client may name this in a PUBLISH or a will; others are malformed.
     */
    public static boolean isTopic(String topic) {
        return isPlain(topic) && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
    }

    /**
     * Judges a text.
     *
     * @param filter any text.
     * @return whether a client may name this in a SUBSCRIBE, shared or not.
     */
    public static boolean isFilter(String filter) {
        return filter.startsWith(SHARE) ? shared(filter).isPresent() : isPlainFilter(filter);
    }

    /**
     * Judges a text.
     *
     * @param filter any text.
     * @return whether a filter is a shared subscription's.
     */
    public static boolean isShared(String filter) {
        return filter.equals("$share") || filter.startsWith(SHARE);
    }

    /**
     * Judges a text.
     *
     * @param filter any text.
     * @return the filter that a shared subscription asks for; empty if it is malformed.
     */
    public static Optional<String> shared(String filter) {
        int group = SHARE.length();
        int slash = filter.indexOf('/', group);
        if (!filter.startsWith(SHARE) || slash <= group) {
            return Optional.empty();
        }
        String name = filter.substring(group, slash);
        String inner = filter.substring(slash + 1);
        boolean fine = name.indexOf('+') < 0 && name.indexOf('#') < 0 && isPlain(filter);
        return fine && isPlainFilter(inner) ? Optional.of(inner) : Optional.empty();
    }

    private static boolean isPlainFilter(String filter) {
        if (!isPlain(filter)) {
            return false;
        }
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean hash = levels[i].indexOf('#') >= 0;
            if (hash && (i < levels.length - 1 || levels[i].length() > 1)
                    || levels[i].indexOf('+') >= 0 && levels[i].length() > 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Judges a text.
     *
     * @param text any text.
     * @return whether a text has no control character, nor the mark that a decoder puts in the place of bad UTF-8.
     */
    public static boolean isClean(String text) {
        return text.chars().noneMatch(c -> c == REPLACED || Character.isISOControl(c));
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && isClean(text)
                && text.getBytes(UTF_8).length <= LONGEST
                && text.chars().filter(c -> c == '/').count() < DEEPEST;
    }

    /**
     * Compares level by level.
     *
     * @param filter well-formed.
     * @param topic without wildcards.
     * @return whether a filter matches a topic.
     */
    public static boolean matches(String filter, String topic) {
        if (!ReservedTopics.hears(filter, topic)) {
            return false;
        }
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return levels.length == wanted.length;
    }
}
