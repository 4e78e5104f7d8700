package io.dinrail.broker.front;

import java.time.Duration;

/**
 * What the broker holds for everybody together or offers to each; 0 is no limit, where it isn't said otherwise.
 *
 * @param storeBytes on the disk, 134,217,728 or more, or 0.
 * @param retainedMessages of one organisation.
 * @param retainedBytes of one organisation.
 * @param subscriptions of one session.
 * @param fairRate messages a second, or KB if that is more, that a connection may publish while others publish little.
 * @param topicAliases that an MQTT 5 client may use, 0 to 1,000; 0 is none.
 * @param grace how long a client may take to return after a restart before its will is published; none is 0.
 */
public record Capacity(
        long storeBytes,
        int retainedMessages,
        long retainedBytes,
        int subscriptions,
        int fairRate,
        int topicAliases,
        Duration grace) {
    /** What a fresh installation has. */
    public static final Capacity USUAL =
            new Capacity(8L << 30, 100_000, 32 << 20, 500, 5_000, 32, Duration.ofSeconds(60));

    /** Two segments of the log, which is what it takes to make room. */
    private static final long LEAST_STORE = 128 << 20;

    private static final int LONGEST_GRACE = 86_400;

    /** Refuses what is out of its range. */
    public Capacity {
        if (storeBytes != 0) {
            Bounds.check("store.bytes", storeBytes, LEAST_STORE, Long.MAX_VALUE);
        }
        Bounds.check("retained.messages", retainedMessages, 0, Integer.MAX_VALUE);
        Bounds.check("retained.bytes", retainedBytes, 0, Long.MAX_VALUE);
        Bounds.check("limit.subscriptions", subscriptions, 0, Integer.MAX_VALUE);
        Bounds.check("limit.publish.fair", fairRate, 0, Integer.MAX_VALUE);
        Bounds.check("topic.aliases", topicAliases, 0, 1_000);
        Bounds.check("will.grace", grace.toSeconds(), 0, LONGEST_GRACE);
    }

    static Capacity of(BrokerConfig config) {
        return new Capacity(
                config.store_bytes(),
                config.retained_messages(),
                config.retained_bytes(),
                config.limit_subscriptions(),
                config.limit_publish_fair(),
                config.topic_aliases(),
                Duration.ofSeconds(Keeping.seconds("will.grace", config.will_grace(), 0)));
    }
}
