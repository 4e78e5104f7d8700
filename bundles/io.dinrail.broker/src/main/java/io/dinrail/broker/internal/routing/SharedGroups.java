package io.dinrail.broker.internal.routing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the shared subscriptions and finds the groups whose filter a topic matches. Groups of one name with different filters are different groups.
 *
 * @param <S> a subscriber, told from others by {@code equals}.
 */
public final class SharedGroups<S> {
    private final Map<Key, SharedGroup<S>> groups = new ConcurrentHashMap<>();
    private final SubscriptionIndex<SharedGroup<S>> index = new SubscriptionIndex<>();
    private volatile int size;

    /** Comparable, so that keys that were chosen to have one hash code are still found by a search. */
    private record Key(String name, String filter) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : filter.compareTo(other.filter);
        }
    }

    /**
     * Adds a member, or gives it other options.
     *
     * @param name what stands between {@code $share/} and the next slash.
     * @param filter what stands after it.
     * @return whether it is a new member.
     * @throws IllegalArgumentException if the filter has more than 256 levels: refuse it.
     */
    public synchronized boolean add(String name, String filter, S subscriber, long options) {
        Levels.check(filter);
        Key key = new Key(name, filter);
        SharedGroup<S> known = groups.get(key);
        SharedGroup<S> group = known == null ? new SharedGroup<>(name, filter) : known;
        boolean isNew = group.join(subscriber, options);
        if (known == null) {
            groups.put(key, group);
            index.add(filter, group, 0);
        }
        size += isNew ? 1 : 0;
        return isNew;
    }

    /**
     * Removes a member and says whether it was one. From here on the group offers it nothing; what it held and didn't finish, the caller offers to
     * the group again.
     */
    public synchronized boolean remove(String name, String filter, S subscriber) {
        Key key = new Key(name, filter);
        SharedGroup<S> group = groups.get(key);
        if (group == null || !group.leave(subscriber)) {
            return false;
        }
        if (group.size() == 0) {
            index.remove(filter, group);
            groups.remove(key);
        }
        size--;
        return true;
    }

    /** The group as it stands, to offer it a message that a member gave back; empty when nobody is left in it. */
    public Optional<SharedGroup<S>> find(String name, String filter) {
        return Optional.ofNullable(groups.get(new Key(name, filter)));
    }

    /** Visits every group that is to get the message; the options mean nothing here. Takes no lock, allocates nothing. */
    public void match(String topic, SubscriptionIndex.Visitor<? super SharedGroup<S>> visitor) {
        index.match(topic, visitor);
    }

    /** The members of all groups. */
    public int size() {
        return size;
    }
}
