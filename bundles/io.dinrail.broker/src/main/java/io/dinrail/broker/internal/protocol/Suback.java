package io.dinrail.broker.internal.protocol;

import java.util.List;

/**
 * The answer to SUBSCRIBE.
 *
 * @param packetId that of the SUBSCRIBE.
 * @param reasons one for each filter, in order.
 * @param properties the properties.
 */
public record Suback(int packetId, List<ReasonCode> reasons, Properties properties) implements Packet {
    /** Copies the list. */
    public Suback {
        reasons = List.copyOf(reasons);
    }

    @Override
    public PacketType type() {
        return PacketType.SUBACK;
    }
}
