package io.dinrail.model.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
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
 * @param timeFrom whose time the source time is.
 */
public record Reading(
        TagId tag,
        Optional<TagValue> value,
        Quality quality,
        Instant sourceTime,
        Instant serverTime,
        Optional<Unit> unit,
        TimeFrom timeFrom) {
    /** Whose time a source time is. */
    public enum TimeFrom {
        /** The device's. */
        SOURCE,
        /** This platform's, when it received the value or noticed the change of quality. */
        RECEIPT,
        /** The device's; the value was brought in from its history after an outage, and is never the newest one. */
        HISTORY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a good reading has no value. */
    public Reading {
        requireNonNull(tag);
        requireNonNull(sourceTime);
        requireNonNull(serverTime);
        requireNonNull(unit);
        requireNonNull(timeFrom);
        if (quality.isGood() && value.isEmpty()) {
            throw new IllegalArgumentException("a good reading has a value: " + tag);
        }
    }

    /**
     * A reading of now; its source time is the device's if it differs from the time of receipt.
     *
     * @param tag what was read.
     * @param value in the tag's engineering unit; the last good one where the quality isn't good.
     * @param quality how far the value can be trusted.
     * @param sourceTime when the device had the value, in UTC.
     * @param serverTime when this platform received it, in UTC.
     * @param unit of the value; empty if none was configured.
     */
    public Reading(
            TagId tag,
            Optional<TagValue> value,
            Quality quality,
            Instant sourceTime,
            Instant serverTime,
            Optional<Unit> unit) {
        this(
                tag,
                value,
                quality,
                sourceTime,
                serverTime,
                unit,
                sourceTime.equals(serverTime) ? TimeFrom.RECEIPT : TimeFrom.SOURCE);
    }

    /** @return whether it was brought in from the device's history, and must not become the newest value of its tag. */
    public boolean isBackfilled() {
        return timeFrom == TimeFrom.HISTORY;
    }
}
