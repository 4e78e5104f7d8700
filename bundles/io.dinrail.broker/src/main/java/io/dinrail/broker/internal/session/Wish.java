package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.Subscribe;
import io.dinrail.broker.internal.protocol.Subscription;

/**
 * How somebody subscribed, packed into a number for the index.
 *
 * @param qos the highest that is granted.
 * @param noLocal whether the client's own messages are left out.
 * @param asPublished whether the RETAIN flag is forwarded as it was.
 * @param identifier of the subscription, 0 for none.
 */
record Wish(Qos qos, boolean noLocal, boolean asPublished, int identifier) {
    private static final int NO_LOCAL = 4;
    private static final int AS_PUBLISHED = 8;
    private static final int IDENTIFIER = 8;

    static Wish of(Subscription subscription, Subscribe packet) {
        return new Wish(subscription.qos(), subscription.noLocal(), subscription.retainAsPublished(), (int)
                packet.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0));
    }

    long packed() {
        return qos.number()
                | (noLocal ? NO_LOCAL : 0)
                | (asPublished ? AS_PUBLISHED : 0)
                | (long) identifier << IDENTIFIER;
    }

    static Qos qos(long packed) {
        return Qos.of((int) packed & 3);
    }

    static boolean noLocal(long packed) {
        return (packed & NO_LOCAL) != 0;
    }

    static boolean asPublished(long packed) {
        return (packed & AS_PUBLISHED) != 0;
    }

    static int identifier(long packed) {
        return (int) (packed >>> IDENTIFIER);
    }
}
