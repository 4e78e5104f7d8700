package io.dinrail.broker.front;

/** The topics that belong to the platform: like those that begin with {@code $} (MQTT 5.0, section 4.7.2), no filter that begins with a wildcard hears them. */
public final class ReservedTopics {
    private static final String[] LEVELS = {"_system", "_metered", "_internal"};

    private ReservedTopics() {}

    /**
     * Tells whose a topic is.
     *
     * @param topic without wildcards.
     * @return whether it is the platform's.
     */
    public static boolean isReserved(String topic) {
        if (topic.isEmpty() || topic.charAt(0) != '_') {
            return topic.startsWith("$");
        }
        int slash = topic.indexOf('/');
        int end = slash < 0 ? topic.length() : slash;
        for (String level : LEVELS) {
            if (end == level.length() && topic.regionMatches(true, 0, level, 0, end)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether a filter that matches a topic level by level may hear it.
     *
     * @param filter with or without wildcards.
     * @param topic without wildcards.
     * @return whether it does.
     */
    public static boolean hears(String filter, String topic) {
        return !isReserved(topic) || !filter.startsWith("+") && !filter.startsWith("#");
    }
}
