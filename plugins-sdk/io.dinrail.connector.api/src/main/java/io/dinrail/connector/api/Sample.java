package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A raw value as the device gave it, before scale and offset.
 *
 * @param value empty if the device gave none.
 * @param quality as the protocol says.
 * @param sourceTime when the device had it, in UTC; empty where the protocol carries no time, so that the time of receipt has to do.
 * @param backfilled whether it is from the device's history, brought in after an outage: it is recorded under its own time and never becomes the
 *     newest value.
 */
public record Sample(Optional<TagValue> value, Quality quality, Optional<Instant> sourceTime, boolean backfilled) {
    /** @throws IllegalArgumentException if a good sample has no value, or one from the history no time. */
    public Sample {
        requireNonNull(sourceTime);
        if (quality.isGood() && value.isEmpty()) {
            throw new IllegalArgumentException("a good sample has a value");
        }
        if (backfilled && sourceTime.isEmpty()) {
            throw new IllegalArgumentException("a sample from the history has its own time");
        }
    }

    /**
     * A value of now.
     *
     * @param value empty if the device gave none.
     * @param quality as the protocol says.
     * @param sourceTime when the device had it, in UTC; empty where the protocol carries no time.
     */
    public Sample(Optional<TagValue> value, Quality quality, Optional<Instant> sourceTime) {
        this(value, quality, sourceTime, false);
    }

    /**
     * The same as brought in from the device's history.
     *
     * @return the sample; {@link #backfilled()} is true.
     * @throws IllegalArgumentException if it has no time of its own.
     */
    public Sample asBackfilled() {
        return new Sample(value, quality, sourceTime, true);
    }

    /**
     * A good value without a time of its own.
     *
     * @param value the value.
     * @return the sample.
     */
    public static Sample good(TagValue value) {
        return new Sample(Optional.of(value), Quality.GOOD, Optional.empty());
    }

    /**
     * No value, for a reason.
     *
     * @param status a status of {@link Quality} or the protocol's own name for it.
     * @return the sample.
     */
    public static Sample bad(String status) {
        return new Sample(Optional.empty(), Quality.bad(status), Optional.empty());
    }
}
