package io.dinrail.broker.internal.protocol;

import java.util.Arrays;

/** What the sender's topic aliases stand for, on one connection; never larger than what was used. */
public final class TopicAliases {
    private static final TopicName[] UNUSED = {};

    private final int maximum;
    private TopicName[] names = UNUSED;

    /**
     * Starts without aliases, as every connection does [MQTT-3.3.2-7].
     *
     * @param maximum the topic alias maximum that the sender was told; 0 for none.
     */
    public TopicAliases(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Puts the topic where an alias stands for it, and learns new ones.
     *
     * @param publish a message as it was decoded.
     * @return the message with its topic, holding the same memory.
     * @throws MalformedPacket if the alias is beyond the maximum or unknown; the message is still to be released.
     */
    public Publish resolve(Publish publish) throws MalformedPacket {
        int alias = (int) publish.properties().number(Property.TOPIC_ALIAS, 0);
        if (alias == 0) {
            return publish;
        }
        if (alias > maximum) {
            throw MalformedPacket.because(
                    ReasonCode.TOPIC_ALIAS_INVALID,
                    "a topic alias is beyond the maximum [MQTT-3.2.2-17, MQTT-3.2.2-18, MQTT-3.3.2-9]");
        }
        if (alias >= names.length) {
            names = Arrays.copyOf(names, Math.min(maximum + 1, Math.max(alias + 1, 2 * names.length)));
        }
        if (!publish.topic().isEmpty()) {
            names[alias] = publish.topic();
            return publish;
        }
        TopicName known = names[alias];
        if (known == null) {
            throw MalformedPacket.protocolError("a topic alias stands for nothing yet (3.3.2.3.4)");
        }
        return publish.withTopic(known);
    }
}
