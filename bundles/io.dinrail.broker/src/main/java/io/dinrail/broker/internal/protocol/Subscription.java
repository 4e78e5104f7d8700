package io.dinrail.broker.internal.protocol;

import java.util.Optional;

/**
 * One filter of a SUBSCRIBE with its options.
 *
 * @param filter as it came, with the share name of a shared subscription.
 * @param qos the highest that is asked for.
 * @param noLocal whether the client's own messages are left out.
 * @param retainAsPublished whether the RETAIN flag is forwarded as it was.
 * @param retainHandling whether retained messages are sent at once.
 */
public record Subscription(
        String filter, Qos qos, boolean noLocal, boolean retainAsPublished, RetainHandling retainHandling) {
    /**
     * Makes a subscription with the options that 3.x knows.
     *
     * @param filter the topic filter.
     * @param qos the highest that is asked for.
     */
    public Subscription(String filter, Qos qos) {
        this(filter, qos, false, false, RetainHandling.SEND);
    }

    static Subscription of(String filter, int options) {
        return new Subscription(
                filter,
                Qos.of(options & 3),
                (options & 4) != 0,
                (options & 8) != 0,
                RetainHandling.of(options >> 4 & 3));
    }

    int options() {
        return qos.number() | (noLocal ? 4 : 0) | (retainAsPublished ? 8 : 0) | retainHandling.ordinal() << 4;
    }

    /**
     * Gives the name of the group of a shared subscription.
     *
     * @return the share name, or empty if it isn't shared.
     */
    public Optional<String> shareName() {
        int slash = slash();
        return slash < 0 ? Optional.empty() : Optional.of(filter.substring(TopicFilters.SHARED.length(), slash));
    }

    /**
     * Gives the filter that topics are matched with.
     *
     * @return the filter without the share name.
     */
    public String topicFilter() {
        return filter.substring(slash() + 1);
    }

    private int slash() {
        return filter.startsWith(TopicFilters.SHARED) ? filter.indexOf('/', TopicFilters.SHARED.length()) : -1;
    }
}
