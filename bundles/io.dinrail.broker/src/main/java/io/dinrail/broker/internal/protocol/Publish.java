package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;

/**
 * A message on its way. Payload and properties share the memory that they were received in; the count of the payload
 * stands for both.
 *
 * @param topic the topic; empty when an alias stands for it.
 * @param payload the message; its indexes are not moved.
 * @param qos the quality of service.
 * @param retain the RETAIN flag.
 * @param dup whether it may have been sent before.
 * @param packetId 1 to 65,535; 0 with QoS 0, and while a message of ours has none yet.
 * @param properties the properties.
 */
public record Publish(
        TopicName topic, ByteBuf payload, Qos qos, boolean retain, boolean dup, int packetId, Properties properties)
        implements Packet {
    @Override
    public PacketType type() {
        return PacketType.PUBLISH;
    }

    /**
     * Puts a name where an alias stood.
     *
     * @param name the name that the alias stands for.
     * @return this message, holding the same memory (release either, once).
     */
    public Publish withTopic(TopicName name) {
        return new Publish(name, payload, qos, retain, dup, packetId, properties);
    }

    /** Keeps the memory for one more {@link #release()}. */
    public void keep() {
        payload.retain();
    }

    @Override
    public void release() {
        payload.release();
    }

    @Override
    public String toString() {
        return "PUBLISH of " + payload.readableBytes() + " bytes at " + qos;
    }
}
