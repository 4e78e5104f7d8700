package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;

/**
 * What the bytes of a PUBLISH depend on, beside the message: receivers that share it share the bytes.
 *
 * @param version the receiver's version.
 * @param qos the quality of service of the delivery.
 * @param retain the RETAIN flag of the delivery.
 */
public record OutgoingForm(MqttVersion version, Qos qos, boolean retain) {
    /** QoS 0 is never marked as repeated [MQTT-3.3.1-2]. */
    int firstByte(boolean dup) {
        return PacketType.PUBLISH.number() << 4 | (dup && hasPacketId() ? 8 : 0) | qos.number() << 1 | (retain ? 1 : 0);
    }

    boolean hasPacketId() {
        return qos != Qos.AT_MOST_ONCE;
    }

    void writePacketId(int packetId, ByteBuf out) {
        if (!hasPacketId()) {
            return;
        }
        if (packetId < 1 || packetId > 0xFFFF) {
            throw new IllegalArgumentException("a PUBLISH can't have the packet identifier " + packetId);
        }
        out.writeShort(packetId);
    }
}
