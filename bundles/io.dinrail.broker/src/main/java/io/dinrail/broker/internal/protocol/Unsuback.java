package io.dinrail.broker.internal.protocol;

import java.util.List;

/**
 * The answer to UNSUBSCRIBE.
 *
 * @param packetId that of the UNSUBSCRIBE.
 * @param reasons one for each filter, in order; none in 3.x.
 * @param properties the properties.
 */
public record Unsuback(int packetId, List<ReasonCode> reasons, Properties properties) implements Packet {
    /** Copies the list. */
    public Unsuback {
        reasons = List.copyOf(reasons);
    }

    @Override
    public PacketType type() {
        return PacketType.UNSUBACK;
    }
}
