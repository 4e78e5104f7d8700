package io.dinrail.identity.h2.internal.login;

import java.util.HashSet;
import java.util.Set;

/** What one connection was refused within a minute. Guarded by itself; bounded by the number of refusals that close a connection. */
final class LiveDenials {
    private static final int MOST = 100;
    private static final long MINUTE = 60_000;

    private final Set<Integer> topics = new HashSet<>();
    private long since;
    private int count;

    LiveDenials(long now) {
        since = now;
    }

    /** What to do about a refusal. */
    enum Verdict {
        KNOWN,
        NEW,
        ONE_TOO_MANY
    }

    synchronized Verdict count(int topic, long now) {
        if (now - since >= MINUTE) {
            since = now;
            count = 0;
            topics.clear();
        }
        if (++count >= MOST) {
            return Verdict.ONE_TOO_MANY;
        }
        return topics.add(topic) ? Verdict.NEW : Verdict.KNOWN;
    }
}
