package io.dinrail.identity.h2.internal.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.identity.h2.internal.text.PlainText;
import java.util.Optional;

/**
 * Channels as keys and tokens name them: {@code *} stands for anything within a level, {@code **} for anything, {@code \*} and {@code \\} for
 * themselves. Immutable; matches and covers without allocating.
 *
 * <p>The platform's own topics ({@link TopicText#isReserved}) are matched only by a pattern that spells their first level out.
 */
public final class ChannelPattern {
    private static final int MOST_BYTES = 256;
    // Control characters can't stand in names, so that these stand for nothing else, neither in a pattern nor in what
    // it is held against.
    private static final char ONE = '\u0001';
    private static final char ALL = '\u0002';

    private final String text;
    private final String code;
    private final boolean spellsFirstLevel;

    private ChannelPattern(String text, String code) {
        this.text = text;
        this.code = code;
        int slash = code.indexOf('/');
        String first = slash < 0 ? code : code.substring(0, slash);
        this.spellsFirstLevel = first.indexOf(ONE) < 0 && first.indexOf(ALL) < 0;
    }

    /**
     * Reads a pattern.
     *
     * @param text the pattern, 1 to 256 bytes of UTF-8.
     * @return it.
     * @throws IllegalArgumentException if it is none; the message is a sentence for whoever wrote it.
     */
    public static ChannelPattern parse(String text) {
        if (text.isEmpty() || text.length() > MOST_BYTES || text.getBytes(UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException("a channel pattern has 1 to " + MOST_BYTES + " bytes");
        }
        if (text.indexOf('+') >= 0 || text.indexOf('#') >= 0) {
            throw refused(text, "+ and # stand in no channel: use * and **");
        }
        TopicText.fault(text, false).ifPresent(fault -> {
            throw refused(text, fault);
        });
        return new ChannelPattern(text, encoded(text));
    }

    /**
     * Matches.
     *
     * @param topic a channel or topic; what is malformed is not matched.
     * @return whether the pattern stands for it.
     */
    public boolean matches(String topic) {
        return TopicText.isTopic(topic) && reaches(topic) && absorbs(topic, topic.length(), false);
    }

    /**
     * Tells whether this pattern stands for everything that another can stand for. May refuse what is in truth covered, never the other way round.
     *
     * @param other the other one.
     * @return whether it is covered.
     */
    public boolean covers(ChannelPattern other) {
        return (!TopicText.isReserved(other.code) || spellsFirstLevel)
                && absorbs(other.code, other.code.length(), false);
    }

    /**
     * Tells whether this pattern stands for everything that an MQTT filter matches.
     *
     * @param mqttFilter a filter without its {@code $share/group/} prefix; what is malformed is not covered.
     * @return whether it is covered.
     */
    public boolean coversFilter(String mqttFilter) {
        return TopicText.isFilter(mqttFilter) && coversBelow(mqttFilter) && coversParent(mqttFilter);
    }

    /** @return what may not be meant, one sentence. */
    public Optional<String> warning() {
        return code.charAt(code.length() - 1) == ONE
                ? Optional.of("the * at the end of " + text + " stands for one level only: use " + text
                        + "* for everything below")
                : Optional.empty();
    }

    /** @return the pattern as written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPattern pattern && pattern.code.equals(code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    /** Of a filter that is well-formed: all that it matches but the parent that {@code a/#} includes. */
    boolean coversBelow(String filter) {
        return reaches(filter) && absorbs(filter, filter.length(), true);
    }

    /** Of a filter that is well-formed: the parent that {@code a/#} includes; there is none above {@code #} and {@code /#}. */
    boolean coversParent(String filter) {
        boolean parent = filter.length() > 2 && filter.charAt(filter.length() - 1) == '#';
        return !parent || reaches(filter) && absorbs(filter, filter.length() - 2, true);
    }

    private boolean reaches(String topic) {
        return spellsFirstLevel || !TopicText.isReserved(topic);
    }

    /**
     * Holds the pattern against a text in which wildcards count as characters that only a wildcard as strong takes up. Of several {@code *} since
     * the last {@code **} only the last need be tried anew: an earlier one that takes up more leaves less to match.
     */
    private boolean absorbs(String other, int length, boolean filter) {
        int at = 0;
        int in = 0;
        int one = -1; // behind the last * tried
        int oneAt = 0; // where what it takes up ends
        int all = -1;
        int allAt = 0;
        while (true) {
            if (in < code.length() && code.charAt(in) == ALL) {
                all = ++in;
                allAt = at;
                one = -1;
            } else if (in < code.length() && code.charAt(in) == ONE) {
                one = ++in;
                oneAt = at;
            } else if (at == length && in == code.length()) {
                return true;
            } else if (at < length && in < code.length() && code.charAt(in) == symbol(other, at, filter)) {
                at++;
                in++;
            } else if (one >= 0 && oneAt < length && isWithinLevel(symbol(other, oneAt, filter))) {
                at = ++oneAt;
                in = one;
            } else if (all >= 0 && allAt < length) {
                at = ++allAt;
                in = all;
                one = -1;
            } else {
                return false;
            }
        }
    }

    private static char symbol(String other, int at, boolean filter) {
        char c = other.charAt(at);
        return !filter || c != '+' && c != '#' ? c : c == '+' ? ONE : ALL;
    }

    private static boolean isWithinLevel(char symbol) {
        return symbol != '/' && symbol != ALL;
    }

    private static String encoded(String text) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*') {
                int run = i;
                while (i + 1 < text.length() && text.charAt(i + 1) == '*') {
                    i++;
                }
                code.append(i == run ? ONE : ALL);
            } else if (c == '\\') {
                i++;
                code.append(escaped(text, i));
            } else {
                code.append(c);
            }
        }
        return code.toString();
    }

    private static char escaped(String text, int i) {
        if (i == text.length() || text.charAt(i) != '*' && text.charAt(i) != '\\') {
            throw refused(text, "a \\ stands before * or \\ only");
        }
        return text.charAt(i);
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("'" + PlainText.of(text) + "' is no channel pattern: " + why);
    }
}
