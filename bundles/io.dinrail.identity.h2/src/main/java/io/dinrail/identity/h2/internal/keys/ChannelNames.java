package io.dinrail.identity.h2.internal.keys;

import io.dinrail.identity.h2.internal.rules.TopicText;

/** Which topics are channels; nothing here allocates. */
final class ChannelNames {
    private static final int LONGEST_NAME_BYTES = 256;
    private static final int LONGEST_FILTER = 1024;

    private ChannelNames() {}

    /** Whether a topic is a channel that anybody can be given. */
    static boolean isChannel(String topic) {
        return !topic.isEmpty()
                && !TopicText.isReserved(topic)
                && isPlain(topic, true)
                && utf8Length(topic) <= LONGEST_NAME_BYTES;
    }

    /** Whether a filter asks for channels; what it covers is another question. */
    static boolean isFilter(String filter) {
        return !filter.isEmpty()
                && !TopicText.isReserved(filter)
                && filter.length() <= LONGEST_FILTER
                && isPlain(filter, false);
    }

    /** Whether commands are sent on a channel. */
    static boolean isCommand(String topic) {
        return topic.equals("commands")
                || topic.startsWith("commands/")
                || isOneBetween(topic, "devices/")
                || isOneBetween(topic, "fleets/");
    }

    private static boolean isOneBetween(String topic, String prefix) {
        return topic.startsWith(prefix)
                && topic.endsWith("/commands")
                && topic.indexOf('/', prefix.length()) == topic.length() - "/commands".length();
    }

    private static boolean isPlain(String text, boolean concrete) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '*' || concrete && (c == '+' || c == '#')) {
                return false;
            }
        }
        return true;
    }

    private static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
