package io.dinrail.broker.internal.protocol;

/**
 * The server's answer to CONNECT.
 *
 * @param sessionPresent whether a former session goes on.
 * @param reason success or why not; in 3.x as near as the return codes come.
 * @param properties the properties.
 */
public record Connack(boolean sessionPresent, ReasonCode reason, Properties properties) implements Packet {
    @Override
    public PacketType type() {
        return PacketType.CONNACK;
    }
}
