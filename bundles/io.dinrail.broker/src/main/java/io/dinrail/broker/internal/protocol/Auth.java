package io.dinrail.broker.internal.protocol;

/**
 * One step of an extended authentication.
 *
 * @param reason which step.
 * @param properties the method and its data.
 */
public record Auth(ReasonCode reason, Properties properties) implements Packet {
    @Override
    public PacketType type() {
        return PacketType.AUTH;
    }
}
