package io.dinrail.southbound.internal;

import io.dinrail.connector.api.LaneStatus;
import java.time.Instant;
import java.util.List;

/** One lane of a connection, and whether it rests after a failure. For the instance's thread. */
final class Lane {
    private final String name;
    private final Timepiece time;
    private final Backoff backoff;
    private List<TagState> tags = List.of();
    private boolean polled;
    private boolean failed;
    private boolean untried;
    private long restUntil;
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

    /** Has these tags from now on. @param isPolled whether any of them is polled. */
    void use(List<TagState> now, boolean isPolled) {
        tags = now;
        polled = isPolled;
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
        return polled && (!failed || untried);
    }

    long restUntil() {
        return restUntil;
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
        reason = why;
        failures++;
        restUntil = time.nanos() + backoff.next().toNanos();
    }

    /** @return whether it had failed before. */
    boolean answered() {
        untried = false;
        if (!failed) {
            return false;
        }
        failed = false;
        reason = "";
        since = time.now();
        backoff.reset();
        return true;
    }

    LaneStatus status() {
        return new LaneStatus(name, !failed, reason, since, tags.size(), failures);
    }
}
