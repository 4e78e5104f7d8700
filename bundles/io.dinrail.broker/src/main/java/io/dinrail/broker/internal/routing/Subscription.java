package io.dinrail.broker.internal.routing;

/** Who subscribed, and how; of one subscriber and filter there is one. */
record Subscription<S>(S subscriber, long options) {
    static final HashTrie<Subscription<?>> BY_SUBSCRIBER = new HashTrie<>() {
        @Override
        int hash(Subscription<?> subscription) {
            // Tries take the lowest bits first, which are the worst of many hash codes.
            int hash = subscription.subscriber.hashCode() * 0x9E3779B9;
            return hash ^ (hash >>> 15);
        }

        @Override
        boolean same(Subscription<?> one, Subscription<?> other) {
            return one.subscriber.equals(other.subscriber);
        }
    };
}
