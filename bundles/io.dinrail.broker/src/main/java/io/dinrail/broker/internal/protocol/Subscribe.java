package io.dinrail.broker.internal.protocol;

import java.util.List;

/**
 * A client asks for messages.
 *
 * @param packetId 1 to 65,535.
 * @param subscriptions at least one.
 * @param properties the properties.
 */
public record Subscribe(int packetId, List<Subscription> subscriptions, Properties properties) implements Packet {
    /** Copies the list. */
    public Subscribe {
        subscriptions = List.copyOf(subscriptions);
    }

    @Override
    public PacketType type() {
        return PacketType.SUBSCRIBE;
    }
}
