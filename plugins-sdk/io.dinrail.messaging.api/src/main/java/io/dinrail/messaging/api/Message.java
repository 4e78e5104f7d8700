package io.dinrail.messaging.api;

/**
 * An MQTT application message. The payload is not copied: whoever makes a message never changes the array afterwards, whoever gets one never at all.
 *
 * @param topic without wildcards, 1 to 65,535 bytes of UTF-8.
 * @param payload the content.
 * @param qos 0, 1 or 2 (MQTT 5.0, section 4.3).
 * @param retain whether the broker keeps it for later subscribers; an empty payload then clears what it kept.
 */
@SuppressWarnings("ArrayRecordComponent") // measured: a copy a message is what this seam must not cost
public record Message(String topic, byte[] payload, int qos, boolean retain) {
    /** @throws IllegalArgumentException if the topic is empty or has a wildcard, or the QoS is out of range. */
    public Message {
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 || topic.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("nothing can be published on topic '" + topic.replace('\0', '?') + "'");
        }
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("QoS is 0, 1 or 2, not " + qos);
        }
    }
}
