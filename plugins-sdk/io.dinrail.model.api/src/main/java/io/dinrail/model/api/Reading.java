package io.dinrail.model.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One value of one tag at one instant.
 *
 * @param tag what was read.
 * @param value in the tag's engineering unit; where the quality isn't good it is the last good value, or empty if there never was one.
 * @param quality how far the value can be trusted.
 * @param sourceTime when the device had the value, in UTC; the time of receipt where the protocol carries none. Of a reading that isn't good it
 *     is the time of the change of quality.
 * @param serverTime when this platform received it, in UTC.
 * @param unit of the value; empty if none was configured.
 */
public record Reading(
        TagId tag,
        Optional<TagValue> value,
        Quality quality,
        Instant sourceTime,
        Instant serverTime,
        Optional<Unit> unit) {
    /** @throws IllegalArgumentException if a good reading has no value. */
    public Reading {
        requireNonNull(tag);
        requireNonNull(sourceTime);
        requireNonNull(serverTime);
        requireNonNull(unit);
        if (quality.isGood() && value.isEmpty()) {
            throw new IllegalArgumentException("a good reading has a value: " + tag);
        }
    }
}
