package io.dinrail.broker.front;

/**
 * What a client may at most; 0 is no limit, where it isn't said otherwise.
 *
 * @param largestPacket in bytes, 1,024 to 268,435,455.
 * @param connects how many of an address in a minute.
 * @param anyConnects which addresses may open any number, in a minute and at once.
 * @param connections open at once.
 * @param connectionsOfAddress open at once of an address.
 * @param publishes how fast a connection may publish whose rule set doesn't say.
 * @param inflight messages unacknowledged by an MQTT 5 client; 0 is its own limit.
 * @param pendingBytes that wait for one connection's reader before no more are written to it, 16,384 to 268,435,456.
 */
public record Bounds(
        int largestPacket,
        int connects,
        AddressRanges anyConnects,
        int connections,
        int connectionsOfAddress,
        Rate publishes,
        int inflight,
        int pendingBytes) {
    /** What an MQTT packet can have at most. */
    private static final int LARGEST = 268_435_455;

    /**
     * How fast.
     *
     * @param perSecond messages; 0 is no limit.
     * @param burst messages at once; 0 is no limit.
     */
    public record Rate(int perSecond, int burst) {
        /** Refuses what is negative. */
        public Rate {
            check("limit.publish.rate", perSecond, 0, Integer.MAX_VALUE);
            check("limit.publish.burst", burst, 0, Integer.MAX_VALUE);
        }
    }

    /** Refuses what is out of its range. */
    public Bounds {
        check("limit.packet.size", largestPacket, 1024, LARGEST);
        check("limit.connects.per.address", connects, 0, Integer.MAX_VALUE);
        check("limit.connections", connections, 0, Integer.MAX_VALUE);
        check("limit.connections.per.address", connectionsOfAddress, 0, Integer.MAX_VALUE);
        check("limit.inflight", inflight, 0, 65_535);
        check("limit.pending.bytes", pendingBytes, 16_384, LARGEST + 1);
    }

    static Bounds of(BrokerConfig config) {
        return new Bounds(
                config.limit_packet_size(),
                config.limit_connects_per_address(),
                AddressRanges.of("limit.connects.allow", config.limit_connects_allow()),
                config.limit_connections(),
                config.limit_connections_per_address(),
                new Rate(config.limit_publish_rate(), config.limit_publish_burst()),
                config.limit_inflight(),
                config.limit_pending_bytes());
    }

    static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
            throw new IllegalArgumentException(key + ": " + range + ", not " + value);
        }
    }
}
