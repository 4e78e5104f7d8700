package io.dinrail.broker.internal.protocol;

/**
 * PUBACK, PUBREC, PUBREL or PUBCOMP, which are alike.
 *
 * @param type which of the four.
 * @param packetId of the message, 1 to 65,535.
 * @param reason success or what went wrong.
 * @param properties the properties.
 */
public record Acknowledgement(PacketType type, int packetId, ReasonCode reason, Properties properties)
        implements Packet {
    /**
     * Makes an acknowledgement without properties.
     *
     * @param type which of the four.
     * @param packetId of the message.
     * @param reason success or what went wrong.
     */
    public Acknowledgement(PacketType type, int packetId, ReasonCode reason) {
        this(type, packetId, reason, Properties.NONE);
    }
}
