package io.dinrail.broker.internal.session;

import io.dinrail.identity.api.Limits;
import java.util.concurrent.TimeUnit;

/**
 * How much one client may publish: so many messages a second as its limits say, and while somebody else publishes a little, no more than the fair rate,
 * in which every KB of a message counts. Used on its connection's lane only.
 */
final class Pace {
    private static final int KB = 1024;
    /** Who publishes less than this part of the fair rate publishes a little. */
    private static final int LITTLE = 10;
    /** What of the fair rate may come at once: a fiftieth of a second's. */
    private static final int AT_ONCE = 50;

    private static final long WHILE = TimeUnit.SECONDS.toNanos(1);

    private final BrokerSettings.Publishing usual;
    private final Crowd crowd;
    private final Bucket limited;
    private final Bucket fair;
    private long since;
    private double lately;
    private boolean muchBefore;

    Pace(Limits limits, BrokerSettings.Publishing usual, Crowd crowd, long now) {
        this.usual = usual;
        this.crowd = crowd;
        this.limited = new Bucket(rate(limits), burst(limits), now);
        this.fair = new Bucket(usual.fair(), usual.fair() / AT_ONCE, now);
    }

    void limit(Limits limits) {
        limited.resize(rate(limits), burst(limits));
    }

    /** Without a burst, any number at once, again and again. */
    private int rate(Limits limits) {
        return burst(limits) == 0 ? 0 : limits.publishRate().orElse(usual.rate());
    }

    private int burst(Limits limits) {
        return limits.publishBurst().orElse(usual.burst());
    }

    /** Counts a message of so many bytes and answers how many nanoseconds nothing more should be read. */
    long published(int bytes, long now) {
        double weight = Math.max(1, (double) bytes / KB);
        judge(now);
        if (lately == 0) {
            since = now;
        }
        lately += weight;
        limited.take(1);
        fair.take(weight);
        return owes(now);
    }

    /** Looks from time to time whether it publishes a little. */
    void judge(long now) {
        long took = now - since;
        if (lately == 0 || took < WHILE) {
            return;
        }
        boolean much = lately * WHILE / took * LITTLE >= usual.fair();
        if (!much && !muchBefore) { // what ends or begins within this while is no little yet
            crowd.sees(now);
        }
        muchBefore = much;
        lately = 0;
    }

    /** How many nanoseconds are left of a pause. */
    long owes(long now) {
        if (!crowd.isThere(now)) {
            fair.forgive();
        }
        return Math.max(limited.owes(now), fair.owes(now));
    }

    /** What it goes beyond, when it owes time. */
    String bound(long now) {
        return limited.owes(now) > 0
                ? limited.perSecond() + " messages a second"
                : fair.perSecond() + " messages or KB a second while others publish little (limit.publish.fair)";
    }
}
