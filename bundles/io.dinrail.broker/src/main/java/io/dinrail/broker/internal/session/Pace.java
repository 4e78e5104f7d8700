package io.dinrail.broker.internal.session;

import io.dinrail.identity.api.Limits;

/** How many messages one client may publish: so many a second, so many at once; who is faster owes time. Used on its connection's lane only. */
final class Pace {
    private static final double NS_PER_SECOND = 1e9;

    private final BrokerSettings settings;
    private int perSecond;
    private int burst;
    private double left;
    private long at;

    Pace(Limits limits, BrokerSettings settings, long now) {
        this.settings = settings;
        this.at = now;
        limit(limits);
        left = burst;
    }

    void limit(Limits limits) {
        perSecond = limits.publishRate().orElse(settings.publishRate());
        burst = limits.publishBurst().orElse(settings.publishBurst());
        if (burst == 0) {
            perSecond = 0; // any number at once, again and again
        }
    }

    /** Counts a message and answers how many nanoseconds nothing more should be read. */
    long published(long now) {
        if (perSecond == 0) {
            return 0;
        }
        owes(now);
        left--;
        return owes(now);
    }

    /** How many nanoseconds are left of a pause. */
    long owes(long now) {
        if (perSecond == 0) {
            return 0;
        }
        left = Math.min(burst, left + (now - at) * perSecond / NS_PER_SECOND);
        at = now;
        return left < 0 ? (long) Math.ceil(-left * NS_PER_SECOND / perSecond) : 0;
    }

    int perSecond() {
        return perSecond;
    }
}
