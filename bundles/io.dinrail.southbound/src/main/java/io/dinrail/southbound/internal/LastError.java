package io.dinrail.southbound.internal;

import java.time.Instant;
import java.util.Optional;

/** What failed last, for as long as the instance is configured; safe for use by many threads. */
final class LastError {
    /**
     * One failure.
     *
     * @param sentence empty if nothing failed yet.
     */
    record Failure(String sentence, Instant at) {
        /** @return when it was; empty if nothing failed yet. */
        Optional<Instant> moment() {
            return sentence.isEmpty() ? Optional.empty() : Optional.of(at);
        }
    }

    private final Timepiece time;
    private volatile Failure last = new Failure("", Instant.EPOCH);

    LastError(Timepiece time) {
        this.time = time;
    }

    void note(String sentence) {
        last = new Failure(sentence, time.now());
    }

    Failure last() {
        return last;
    }
}
