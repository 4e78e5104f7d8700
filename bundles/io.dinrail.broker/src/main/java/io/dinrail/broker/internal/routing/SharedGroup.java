package io.dinrail.broker.internal.routing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The subscribers that share one filter under one name. Each message goes to one of them; an offer sees one state of the group, takes no lock and
 * allocates nothing.
 */
public final class SharedGroup<S> {
    private final String name;
    private final String filter;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Subscription<S>> members = List.of();

    SharedGroup(String name, String filter) {
        this.name = name;
        this.filter = filter;
    }

    /** Takes a message or leaves it to the next member. */
    @FunctionalInterface
    public interface Taker<S> {
        /** Whether this member has the message now; then no other is asked. */
        boolean take(S member, long options);
    }

    public String name() {
        return name;
    }

    public String filter() {
        return filter;
    }

    public int size() {
        return members.size();
    }

    /**
     * Asks the members, each once, until one takes the message. Who is asked first goes round, and a member that is passed over doesn't double the
     * share of its neighbour. Callers ask twice: first for a member that can take the message at once, and when there is none, for one that queues
     * it.
     *
     * @return false if none took it; when the group had no member left, look for it again by its name.
     */
    public boolean offer(Taker<? super S> taker) {
        List<Subscription<S>> now = members;
        int count = now.size();
        int first = count == 0 ? 0 : Integer.remainderUnsigned(turn.getAndIncrement(), count);
        for (int i = 0; i < count; i++) {
            Subscription<S> member = now.get(first + i < count ? first + i : first + i - count);
            if (taker.take(member.subscriber(), member.options())) {
                if (i > 0) {
                    skip(i);
                }
                return true;
            }
        }
        return false;
    }

    void skip(int turns) {
        turn.addAndGet(turns);
    }

    /** Only under the lock of the groups. */
    boolean join(S subscriber, long options) {
        List<Subscription<S>> before = members;
        Subscription<S> young = new Subscription<>(subscriber, options);
        boolean isNew = before.stream().noneMatch(member -> isOf(member, subscriber));
        members = isNew
                ? Stream.concat(before.stream(), Stream.of(young)).toList()
                : before.stream()
                        .map(member -> isOf(member, subscriber) ? young : member)
                        .toList();
        return isNew;
    }

    /** Only under the lock of the groups. */
    boolean leave(S subscriber) {
        List<Subscription<S>> before = members;
        members = before.stream().filter(member -> !isOf(member, subscriber)).toList();
        return members.size() < before.size();
    }

    private static boolean isOf(Subscription<?> member, Object subscriber) {
        return member.subscriber().equals(subscriber);
    }
}
