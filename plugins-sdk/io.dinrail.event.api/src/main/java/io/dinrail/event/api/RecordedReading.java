package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Reading;

/**
 * A reading with its number.
 *
 * @param seq counts up by one per device across all its tags, from 1, and never repeats, not even after a crash.
 * @param resumed whether this is the device's first reading after a crash; the number has then jumped ahead.
 * @param reading what was read.
 */
public record RecordedReading(long seq, boolean resumed, Reading reading) {
    /** @throws IllegalArgumentException if the number is below 1. */
    public RecordedReading {
        requireNonNull(reading);
        if (seq < 1) {
            throw new IllegalArgumentException("numbers start at 1, not " + seq);
        }
    }
}
