package io.dinrail.identity.h2.internal.login;

import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Accesses by when they end; those that never do are not in it. */
final class AccessEnds {
    /** Ordered by time, then by age. */
    private record End(long at, long number, LiveAccess access) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final NavigableSet<End> ends = new ConcurrentSkipListSet<>();

    void add(long at, LiveAccess access) {
        if (at != LiveAccess.FOREVER) {
            ends.add(new End(at, access.number(), access));
        }
    }

    void remove(long at, LiveAccess access) {
        if (at != LiveAccess.FOREVER) {
            ends.remove(new End(at, access.number(), access));
        }
    }

    /** Takes out what has ended. */
    void until(long now, Consumer<LiveAccess> ended) {
        while (!ends.isEmpty() && ends.first().at() <= now) {
            End first = ends.pollFirst();
            if (first != null) {
                ended.accept(first.access());
            }
        }
    }

    boolean isEmpty() {
        return ends.isEmpty();
    }
}
