package io.dinrail.identity.h2.internal.login;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.h2.internal.audit.Trail;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What was refused to one connection; holds nothing until something is. Safe for use by many threads. */
final class LiveRefusals {
    /** So many in a minute are too many. */
    static final int TOO_MANY = 100;

    private static final int TOPICS = 64;
    private static final int LONGEST = 256;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Trail trail;
    private final LongSupplier nanos;
    private @Nullable Minute minute;

    /** @param nanos a time that never goes back, such as {@code System::nanoTime}. */
    LiveRefusals(Trail trail, LongSupplier nanos) {
        this.trail = trail;
        this.nanos = nanos;
    }

    /**
     * Counts a refusal, and reports it at most once a minute for each topic.
     *
     * @return whether {@link #TOO_MANY} were reached within the last minute.
     */
    boolean denied(String login, String clientId, String address, Action action, String topic) {
        boolean isTooMany;
        boolean isNews;
        synchronized (this) {
            Minute used = minute == null ? new Minute() : minute;
            minute = used;
            long now = nanos.getAsLong();
            isTooMany = used.isTooMany(now);
            // Who is being closed has said enough.
            isNews = !isTooMany && used.isNews(action, topic, now);
        }
        if (isNews) {
            trail.denied(login, clientId, address, action, topic);
        }
        return isTooMany;
    }

    /** The last minute of a connection that something was refused to. */
    private static final class Minute {
        private final long[] times = new long[TOO_MANY];
        private final Map<String, Long> reported = new LinkedHashMap<>();
        private int next;
        private boolean isFull;

        /** The place that is written next holds the hundredth time before. */
        boolean isTooMany(long now) {
            times[next] = now;
            next = (next + 1) % TOO_MANY;
            isFull |= next == 0;
            return isFull && now - times[next] < MINUTE;
        }

        boolean isNews(Action action, String topic, long now) {
            String key = action.name() + ' ' + (topic.length() > LONGEST ? topic.substring(0, LONGEST) : topic);
            Long last = reported.get(key);
            if (last != null && now - last < MINUTE) {
                return false;
            }
            reported.remove(key);
            if (reported.size() >= TOPICS) {
                reported.remove(reported.keySet().iterator().next());
            }
            reported.put(key, now);
            return true;
        }
    }
}
