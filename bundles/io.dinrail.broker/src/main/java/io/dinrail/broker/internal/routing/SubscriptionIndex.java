package io.dinrail.broker.internal.routing;

import io.dinrail.broker.internal.routing.HashTrie.Branch;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscriptions that a topic matches. A match sees one state of the whole index: a client that subscribes to a new filter before it leaves
 * the old one misses nothing. Matching takes no lock and allocates nothing;
 * it costs as many steps as there are beginnings of filters that the topic matches.
 *
 * @param <S> a subscriber, told from others by {@code equals}; its hash code must not be of a client's choosing.
 */
public final class SubscriptionIndex<S> {
    private final Object writing = new Object();
    private volatile FilterNode root = FilterNode.ROOT;
    private volatile int size;

    /** Is told of each subscription that matches. */
    @FunctionalInterface
    public interface Visitor<S> {
        /**
         * @param subscriber who gets the message; comes again for each filter of its own that matches, not necessarily in a row.
         * @param options as they were given with that filter.
         */
        void visit(S subscriber, long options);
    }

    /**
     * Adds a subscription, or gives the one that this subscriber has with this filter other options; a match sees either the old or the new ones.
     *
     * @param filter well-formed, without {@code $share}.
     * @param options whatever the caller packs into them, such as QoS, no local, and the subscription identifier.
     * @return whether it is a new one.
     * @throws IllegalArgumentException if the filter has more than 256 levels: refuse it.
     */
    public boolean add(String filter, S subscriber, long options) {
        Levels.check(filter);
        Subscription<S> young = new Subscription<>(subscriber, options);
        synchronized (writing) {
            boolean isNew = find(filter, young) == null;
            root = root.edited(filter, 0, set -> Subscription.BY_SUBSCRIBER.with(set, young));
            size += isNew ? 1 : 0;
            return isNew;
        }
    }

    /** Removes a subscription and says whether there was one. */
    public boolean remove(String filter, S subscriber) {
        Subscription<S> probe = new Subscription<>(subscriber, 0);
        synchronized (writing) {
            if (find(filter, probe) == null) {
                return false;
            }
            root = root.edited(filter, 0, set -> Subscription.BY_SUBSCRIBER.without(set, probe));
            size--;
            return true;
        }
    }

    /** The options of a subscription, empty when there is none. */
    public OptionalLong options(String filter, S subscriber) {
        Subscription<?> found = find(filter, new Subscription<>(subscriber, 0));
        return found == null ? OptionalLong.empty() : OptionalLong.of(found.options());
    }

    public int size() {
        return size;
    }

    /**
     * Visits every subscription that matches, each once, level by level from the left: those that end in {@code #} here first, then what is below
     * {@code +}, then what is below the level's own name. A subscriber whose filters overlap is visited for each of them.
     *
     * @param topic a topic's name; wildcards in it are taken for ordinary characters.
     */
    public void match(String topic, Visitor<? super S> visitor) {
        FilterNode now = root;
        if (Levels.isOfServer(topic)) {
            below(now, topic, 0, Levels.end(topic, 0), visitor);
        } else {
            walk(now, topic, 0, visitor);
        }
    }

    private void walk(FilterNode node, String topic, int from, Visitor<? super S> visitor) {
        visit(node.rest(), visitor);
        if (Levels.isOver(topic, from)) {
            visit(node.subscriptions, visitor);
            return;
        }
        int end = Levels.end(topic, from);
        FilterNode one = node.one();
        if (one != null) {
            walk(one, topic, end + 1, visitor);
        }
        below(node, topic, from, end, visitor);
    }

    private void below(FilterNode node, String topic, int from, int end, Visitor<? super S> visitor) {
        if (node.children != null && node.child(topic, from, end) instanceof FilterNode child) {
            walk(child, topic, end + 1, visitor);
        }
    }

    @SuppressWarnings("unchecked")
    private void visit(@Nullable Object set, Visitor<? super S> visitor) {
        if (set instanceof Branch branch) {
            for (Object slot : branch.slots) {
                visit(slot, visitor);
            }
        } else if (set != null) {
            Subscription<S> subscription = (Subscription<S>) set;
            visitor.visit(subscription.subscriber(), subscription.options());
        }
    }

    /** Whether nothing is left behind of what was removed. */
    boolean isBare() {
        return size == 0 && root.isEmpty();
    }

    private @Nullable Subscription<?> find(String filter, Subscription<S> probe) {
        return Subscription.BY_SUBSCRIBER.find(root.at(filter, 0), probe);
    }
}
