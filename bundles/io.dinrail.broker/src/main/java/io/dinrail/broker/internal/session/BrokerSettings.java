package io.dinrail.broker.internal.session;

import java.time.Duration;

/**
 * What a site may set; 0 is no limit where nothing else is said.
 *
 * @param durability what must have happened before a message of which organisation is acknowledged.
 * @param queueMessages how many messages wait for one session at most.
 * @param queueBytes how many bytes of messages wait for one session at most.
 * @param dropsOldest whether the oldest waiting message makes room, rather than the newest being dropped.
 * @param largestPacket in bytes, with the fixed header.
 * @param publishing how much a connection may publish.
 * @param inflight messages to a client that it has not acknowledged; 1 to 65,535.
 * @param longestSession after the client has left.
 * @param subscriptions in one session.
 * @param retainedMessages in one organisation.
 * @param retainedBytes in one organisation.
 * @param grace how long a client may take to return after a restart before its will is published.
 * @param topicAliases that a client may use; 0 is none.
 */
public record BrokerSettings(
        Durabilities durability,
        int queueMessages,
        long queueBytes,
        boolean dropsOldest,
        int largestPacket,
        Publishing publishing,
        int inflight,
        Duration longestSession,
        int subscriptions,
        int retainedMessages,
        long retainedBytes,
        Duration grace,
        int topicAliases) {
    /** What a fresh installation has. */
    public static final BrokerSettings DEFAULT = new BrokerSettings(
            Durabilities.FORCED,
            10_000,
            16 << 20,
            true,
            256 * 1024,
            new Publishing(100, 200, 5_000),
            100,
            Duration.ofDays(30),
            500,
            100_000,
            32 << 20,
            Duration.ofSeconds(60),
            32);

    /**
     * How much a connection may publish.
     *
     * @param rate messages a second.
     * @param burst messages at once.
     * @param fair messages a second, or KB if that is more, while others publish little.
     */
    public record Publishing(int rate, int burst, int fair) {
        /** As much as it can. */
        public static final Publishing ANY = new Publishing(0, 0, 0);

        /** @throws IllegalArgumentException if a value is negative. */
        public Publishing {
            if (rate < 0 || burst < 0 || fair < 0) {
                throw new IllegalArgumentException("a limit of what clients publish is negative");
            }
        }
    }

    /** @throws IllegalArgumentException if a value is out of its range; it names the value. */
    public BrokerSettings {
        if (inflight < 0 || inflight > 0xFFFF) {
            throw new IllegalArgumentException("limit.inflight is 0 to 65535, not " + inflight);
        }
        if (queueMessages < 0 || queueBytes < 0 || subscriptions < 0) {
            throw new IllegalArgumentException("a limit of the broker is negative");
        }
    }

    /** The most messages in flight to a client that asks for a number, or names none. */
    int window(int asked) {
        return inflight == 0 ? asked : Math.min(asked, inflight);
    }
}
