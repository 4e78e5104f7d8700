package io.dinrail.broker.internal.session;

/** What the names of topics mean here, beyond the standards; the standards' own rules are checked by the codec. */
final class Topics {
    private static final int MOST_BYTES = 1024;
    private static final int MOST_LEVELS = 32;

    private Topics() {}

    /** Whether it is a command: retained, it would be obeyed again at every reconnect. */
    static boolean isCommand(String topic) {
        if (topic.equals("commands") || topic.startsWith("commands/")) {
            return true;
        }
        int slash = topic.startsWith("devices/") ? topic.indexOf('/', "devices/".length()) : -1;
        return slash >= 0 && topic.substring(slash).equals("/commands");
    }

    /** Whether a topic or filter is within the bounds; UTF-8 has at most three bytes a char. */
    static boolean isWithinBounds(String topic, int bytes) {
        if (bytes > MOST_BYTES) {
            return false;
        }
        int levels = 1;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            levels++;
        }
        return levels <= MOST_LEVELS;
    }

    /** Whether a text has no control character. */
    static boolean isClean(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
