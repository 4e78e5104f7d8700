package io.dinrail.broker.internal.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The subscribers that share one filter under one name. Each message goes to one of them; an offer sees one state of the group, takes no lock and
 * allocates nothing.
 */
public final class SharedGroup<S> {
    private final String name;
    private final String filter;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<S, Integer> places = new HashMap<>();
    private volatile Roster<S> members = new Roster<>();

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
        return members.size;
    }

    /**
     * Asks the members, each once, until one takes the message. Who is asked first goes round, and a member that is passed over doesn't double the
     * share of its neighbour. Callers ask twice: first for a member that can take the message at once, and when there is none, for one that queues
     * it.
     *
     * @return false if none took it; when the group had no member left, look for it again by its name.
     */
    public boolean offer(Taker<? super S> taker) {
        Roster<S> now = members;
        int count = now.size;
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
        Roster<S> before = members;
        Integer known = places.putIfAbsent(subscriber, before.size);
        members = before.with(known == null ? before.size : known, new Subscription<>(subscriber, options));
        return known == null;
    }

    /** Only under the lock of the groups; the last member takes the place. */
    boolean leave(S subscriber) {
        Integer place = places.remove(subscriber);
        if (place == null) {
            return false;
        }
        Roster<S> before = members;
        Subscription<S> last = before.get(before.size - 1);
        if (place < before.size - 1) {
            places.put(last.subscriber(), place);
            before = before.with(place, last);
        }
        members = before.withoutLast();
        return true;
    }
}
