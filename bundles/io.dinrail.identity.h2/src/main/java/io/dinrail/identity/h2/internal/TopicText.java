package io.dinrail.identity.h2.internal;

import java.util.Optional;

/** Takes topics and filters apart into levels, as MQTT 5, 4.7 has it; what isn't well-formed is empty. */
final class TopicText {
    static final String ONE = "+";
    static final String ALL = "#";
    private static final int LONGEST = 65_535;
    private static final String SHARED = "$share/";

    private TopicText() {}

    /** Topics that begin with a dollar are the server's own: no client publishes them. */
    static Optional<String[]> published(String topic) {
        boolean allowed = isText(topic) && topic.charAt(0) != '$' && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
        return allowed ? Optional.of(levels(topic)) : Optional.empty();
    }

    /** A shared subscription hears what its bare filter hears, so the prefix is taken off. */
    static Optional<String[]> subscribed(String filter) {
        if (filter.startsWith(SHARED)) {
            int end = filter.indexOf('/', SHARED.length());
            boolean named = end > SHARED.length() && isGroup(filter.substring(SHARED.length(), end));
            return named ? bare(filter.substring(end + 1)) : Optional.empty();
        }
        return bare(filter);
    }

    private static Optional<String[]> bare(String filter) {
        if (!isText(filter)) {
            return Optional.empty();
        }
        String[] levels = levels(filter);
        for (int i = 0; i < levels.length; i++) {
            boolean last = i == levels.length - 1;
            boolean wildcard = levels[i].equals(ONE) || levels[i].equals(ALL) && last;
            if (!wildcard && !isGroup(levels[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(levels);
    }

    private static boolean isGroup(String level) {
        return level.indexOf('+') < 0 && level.indexOf('#') < 0;
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.indexOf('\0') < 0;
    }

    private static String[] levels(String text) {
        return text.split("/", -1);
    }
}
