package io.dinrail.broker.internal.protocol;

/**
 * A goodbye; in 3.x only of the client, and without a reason.
 *
 * @param reason why.
 * @param properties the properties.
 */
public record Disconnect(ReasonCode reason, Properties properties) implements Packet {
    @Override
    public PacketType type() {
        return PacketType.DISCONNECT;
    }
}
