package io.dinrail.broker.internal.protocol;

import java.util.Arrays;

/**
 * What the server publishes when a connection ends without a goodbye.
 *
 * @param topic the topic to publish to.
 * @param payload the message; nobody writes to it.
 * @param qos the quality of service.
 * @param retain whether it is retained.
 * @param properties those of the message, and the will delay.
 */
public record Will(TopicName topic, byte[] payload, Qos qos, boolean retain, Properties properties) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Will will
                && topic.equals(will.topic)
                && Arrays.equals(payload, will.payload)
                && qos == will.qos
                && retain == will.retain
                && properties.equals(will.properties);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(payload);
    }
}
