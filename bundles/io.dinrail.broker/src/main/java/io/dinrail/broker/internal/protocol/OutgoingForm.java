package io.dinrail.broker.internal.protocol;

/**
 * What the bytes of a PUBLISH depend on, beside the message: receivers that share it share the bytes.
 *
 * @param version the receiver's version.
 * @param qos the quality of service of the delivery.
 * @param retain the RETAIN flag of the delivery.
 */
public record OutgoingForm(MqttVersion version, Qos qos, boolean retain) {
    int firstByte(boolean dup) {
        return PacketType.PUBLISH.number() << 4 | (dup ? 8 : 0) | qos.number() << 1 | (retain ? 1 : 0);
    }
}
