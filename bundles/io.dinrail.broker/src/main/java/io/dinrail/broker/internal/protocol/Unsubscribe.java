package io.dinrail.broker.internal.protocol;

import java.util.List;

/**
 * A client wants no more messages.
 *
 * @param packetId 1 to 65,535.
 * @param filters at least one, as they were subscribed to.
 * @param properties the properties.
 */
public record Unsubscribe(int packetId, List<String> filters, Properties properties) implements Packet {
    /** Copies the list. */
    public Unsubscribe {
        filters = List.copyOf(filters);
    }

    @Override
    public PacketType type() {
        return PacketType.UNSUBSCRIBE;
    }
}
