package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;

/** The rules of topic filters. */
public final class TopicFilters {
    static final String SHARED = "$share/";

    private TopicFilters() {}

    /**
     * Checks a topic filter, shared or not.
     *
     * @param filter the filter as it stands in SUBSCRIBE and UNSUBSCRIBE.
     * @param version 5.0 knows shared subscriptions; in 3.x they are an extension, and what isn't one is a plain filter.
     * @throws MalformedPacket if it isn't one.
     */
    public static void check(String filter, MqttVersion version) throws MalformedPacket {
        if (filter.startsWith(SHARED) && version.hasProperties()) {
            checkShared(filter);
        } else {
            checkLevels(filter, 0);
        }
    }

    private static void checkShared(String filter) throws MalformedPacket {
        int slash = filter.indexOf('/', SHARED.length());
        if (slash <= SHARED.length()) {
            throw malformed("a shared subscription has no share name or no topic filter [MQTT-4.8.2-1, MQTT-4.8.2-2]");
        }
        for (int i = SHARED.length(); i < slash; i++) {
            if (filter.charAt(i) == '+' || filter.charAt(i) == '#') {
                throw malformed("a share name has a wildcard [MQTT-4.8.2-2]");
            }
        }
        checkLevels(filter, slash + 1);
    }

    private static void checkLevels(String filter, int from) throws MalformedPacket {
        if (from == filter.length()) {
            throw malformed("a topic filter is empty [MQTT-4.7.3-1]");
        }
        for (int i = from; i < filter.length(); i++) {
            char character = filter.charAt(i);
            boolean starts = i == from || filter.charAt(i - 1) == '/';
            boolean ends = i + 1 == filter.length();
            if (character == '#' && !(starts && ends)) {
                throw malformed(
                        "# in a topic filter is not a last level of its own [MQTT-4.7.1-1; 3.1.1: MQTT-4.7.1-2]");
            }
            if (character == '+' && !(starts && (ends || filter.charAt(i + 1) == '/'))) {
                throw malformed("+ in a topic filter is not a level of its own [MQTT-4.7.1-2; 3.1.1: MQTT-4.7.1-3]");
            }
        }
    }
}
