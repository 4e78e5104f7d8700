package io.dinrail.southbound.internal;

import io.dinrail.connector.api.LaneStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** One lane of a connection: when it is to be polled, and whether it rests after a failure. For the instance's thread. */
final class Lane {
    /** Polls that are faster than this are all alike: which of them comes first is not for the machine's noise to say. */
    private static final long QUICK = Duration.ofMillis(1).toNanos();
    /** So much of what a poll took goes into the mean: one pause of the machine makes no lane a slow one. */
    private static final double NEWEST = 0.25;

    private final String name;
    private final Timepiece time;
    private final Backoff backoff;
    private final PollSchedule schedule = new PollSchedule();
    private List<TagState> tags = List.of();
    private List<TagState> left = List.of();
    private long leftSince;
    private boolean failed;
    private boolean untried;
    private boolean unmet = true;
    private double toSpread;
    private boolean proven;
    private boolean owed;
    private long restUntil;
    private double meanTime;
    private double lastTime;
    private String reason = "";
    private Instant since;
    private long failures;

    Lane(String name, Timepiece time, Backoff backoff) {
        this.name = name;
        this.time = time;
        this.backoff = backoff;
        this.since = time.now();
    }

    String name() {
        return name;
    }

    String reason() {
        return reason;
    }

    /** Has these tags from now on. @param periods of those that are polled. */
    void use(List<TagState> now, Set<Duration> periods) {
        tags = now;
        left = left.stream().filter(Set.copyOf(now)::contains).toList();
        schedule.use(periods, time.nanos());
    }

    /** Is to be polled at once on a fresh connection, where nothing is known about it. @param part by which its beat is moved, see {@link PollSchedule}. */
    void reopened(double part) {
        schedule.restart(time.nanos(), 0);
        unmet = true;
        toSpread = part;
        proven = false;
        owed = false;
        left = List.of();
    }

    /** @return whether it has yet to be polled for the first time on this connection. */
    boolean isUnmet() {
        return unmet && isPolled() && !rests();
    }

    private boolean isPolled() {
        return schedule.untilNext(0).isPresent();
    }

    /** @return how long until it is to be polled or tried again, in nanoseconds; negative if it waits for that, empty if nothing of it is polled. */
    OptionalLong untilDue() {
        long now = time.nanos();
        if (!isPolled() || !failed && left.isEmpty()) {
            return schedule.untilNext(now);
        }
        return OptionalLong.of((failed ? restUntil : leftSince) - now);
    }

    /** @return how many times as long as a poll of it takes it has waited for one; negative if it is not due. */
    double urgency() {
        OptionalLong until = untilDue();
        return until.isPresent() ? -until.getAsLong() / Math.max(meanTime, QUICK) : -1;
    }

    boolean isDue() {
        return urgency() >= 0;
    }

    /** @return how long a poll of it may be expected to keep the others waiting; without limit if it is down, or hasn't answered on this connection yet. */
    double expected() {
        return failed || !proven ? Double.MAX_VALUE : Math.max(QUICK, Math.max(meanTime, lastTime));
    }

    /** Another kept it waiting for long: it comes before the next that may. */
    void owe() {
        owed = true;
    }

    boolean isOwed() {
        return owed && isDue();
    }

    /** The last poll of it left these tags for later, possibly none: they are to be polled as soon as the others allow. */
    void later(List<TagState> these) {
        left = these;
        leftSince = time.nanos();
    }

    /** It was silent for as long as the others could wait, which says nothing of it: until it answers it may take any time. */
    void doubt() {
        proven = false;
    }

    /** @return the tags that were left for later, which are alone to be read now; empty if none were. */
    List<TagState> takeLeft() {
        List<TagState> taken = left;
        left = List.of();
        owed = false;
        return taken;
    }

    /**
     * Tells what is to be read now, and takes it as read: what is due, or everything when it is tried again. Its beat counts from its own first poll, so that
     * the lanes don't fall due together and wait for each other ever after.
     */
    Set<Duration> takeDue() {
        if (unmet) {
            unmet = false;
            schedule.restart(time.nanos(), toSpread);
        }
        Set<Duration> due = schedule.due(time.nanos());
        return failed ? schedule.periods() : due;
    }

    /** Hands over the polls left out since the last time; none are while it rests. */
    long takeOverruns() {
        long overruns = schedule.takeOverruns();
        return failed ? 0 : overruns;
    }

    /** Hears how long a poll or try of it kept the others waiting, in nanoseconds. */
    void took(long nanos) {
        lastTime = nanos;
        meanTime = meanTime == 0 ? nanos : meanTime + NEWEST * (nanos - meanTime);
    }

    List<TagState> tags() {
        return tags;
    }

    boolean isUp() {
        return !failed;
    }

    boolean rests() {
        return failed && restUntil - time.nanos() > 0;
    }

    /** @return whether it speaks for the connection: it is read, and answered when it was asked last or wasn't asked yet. */
    boolean stands() {
        return isPolled() && (!failed || untried);
    }

    /** Is to be tried at once on a fresh connection. */
    void wake() {
        untried = true;
        restUntil = time.nanos();
    }

    void failed(String why) {
        since = failed ? since : time.now();
        failed = true;
        untried = false;
        left = List.of();
        reason = why;
        failures++;
        restUntil = time.nanos() + backoff.next().toNanos();
    }

    /** @return whether it had failed before. */
    boolean answered() {
        untried = false;
        proven = true;
        if (!failed) {
            return false;
        }
        failed = false;
        schedule.forgive(time.nanos()); // it may be a read between the polls that was answered
        reason = "";
        since = time.now();
        backoff.reset();
        return true;
    }

    LaneStatus status() {
        return new LaneStatus(name, !failed, reason, since, tags.size(), failures);
    }
}
