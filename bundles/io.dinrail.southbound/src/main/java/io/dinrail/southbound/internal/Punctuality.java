package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the quick lanes of a connection can wait without being later than by one timeout. Where nobody knows how long a silent lane takes there are no quick
 * ones, every moment is as good as any other and every poll may take any time. For the instance's thread.
 */
final class Punctuality {
    /** This part of the timeout is kept at first for what timers, threads and the others are late by themselves, but no more than a busy machine needs. */
    private static final int SPARE = 10;

    private static final long MOST_SPARE = Duration.ofMillis(50).toNanos();
    /** So long after the last call that took long the next such one waits for its moment: where a quick lane is always due there is none. */
    private static final long LONGEST_HOLD = Duration.ofSeconds(1).toNanos();

    /** A poll to come: in how many nanoseconds it is due, and how many it takes. */
    private record Turn(long untilDue, double takes) {}

    private final Timepiece time;
    private final Collection<Lane> lanes;
    private long timeout;
    private long longEndedAt;

    /** @param lanes all there are at a time. */
    Punctuality(Timepiece time, Collection<Lane> lanes) {
        this.time = time;
        this.lanes = lanes;
        this.longEndedAt = time.nanos();
    }

    /** @param longest that a silent lane takes; zero if nobody knows. */
    void timeout(Duration longest) {
        timeout = longest.toNanos();
    }

    /** @return whether it has answered on this connection, and takes less than half of the timeout. */
    boolean isQuick(Lane lane) {
        return lane.expected() < timeout / 2.0;
    }

    /** @return how long the line may be taken besides a whole timeout, in nanoseconds; below zero if not even for that. */
    double room() {
        return timeout == 0 ? Double.MAX_VALUE : -lag(lanes.stream());
    }

    /** @return whether this is the moment for a lane that isn't quick: the longer it has waited the less it spares. */
    boolean isMoment(Lane lane, double room) {
        double left = (double) untilHeldOut(-untilDue(lane)) / LONGEST_HOLD;
        return left <= 0 || room >= left * Math.min(timeout / SPARE, MOST_SPARE);
    }

    /** @return how long one that has waited so long still waits for its moment at most, in nanoseconds. */
    long untilHeldOut(long waited) {
        return LONGEST_HOLD - Math.min(waited, time.nanos() - longEndedAt);
    }

    /** A poll is over. @param nanos how long it took. */
    void took(long nanos) {
        longEndedAt = nanos < timeout / 2 ? longEndedAt : time.nanos();
    }

    /** @return how long a read besides the polls may take, in nanoseconds. */
    long patience() {
        return timeout == 0 ? Long.MAX_VALUE : timeout;
    }

    /**
     * Tells how long a poll of a lane may take so that no quick one is later than by one timeout: as long as usual and half of what is left besides, for
     * the next may fall silent as well.
     *
     * @return in nanoseconds, above zero. A lane that isn't quick has waited for its moment, and where even a usual answer would come too late there is no
     *     reason to hurry either: both may take the whole timeout.
     */
    long patience(Lane current) {
        if (!isQuick(current)) {
            return patience();
        }
        double usual = current.expected();
        double left = timeout - lag(lanes.stream().filter(lane -> lane != current)) - usual;
        return left > 0 ? (long) Math.min(timeout, usual + left / 2) : timeout;
    }

    /** @return how late the latest quick one of these will be, in nanoseconds, if they are polled one after another from now on; below zero if there is time left. */
    private double lag(Stream<Lane> these) {
        List<Turn> turns = these.filter(this::isQuick)
                .map(lane -> new Turn(untilDue(lane), lane.expected()))
                .sorted(Comparator.comparingLong(Turn::untilDue))
                .toList();
        double lag = -Double.MAX_VALUE;
        double before = 0;
        for (Turn turn : turns) {
            lag = Math.max(lag, before - turn.untilDue);
            before += turn.takes;
        }
        return lag;
    }

    static long untilDue(Lane lane) {
        return lane.untilDue().orElse(Long.MAX_VALUE);
    }
}
