package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.Optional;

/** Knows which call into a connector is under way, and since when; safe for use by many threads. */
final class CallWatch {
    private record Call(String what, long since) {}

    private static final Call NONE = new Call("", 0);

    private final Timepiece time;
    private volatile Call call = NONE;

    CallWatch(Timepiece time) {
        this.time = time;
    }

    void begin(String what) {
        call = new Call(what, time.nanos());
    }

    void end() {
        call = NONE;
    }

    /** @return what hangs, if a call takes longer than it may. */
    Optional<String> hung(Duration limit) {
        Call now = call;
        return now != NONE && time.passed(now.since(), limit) ? Optional.of(now.what()) : Optional.empty();
    }
}
