package io.dinrail.alert.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.time.Instant;

/**
 * The state of an alarm that a device keeps by itself.
 *
 * @param tag the tag that names where the device reports it.
 * @param condition which alarm of that tag, at most 1,000 characters; the same over restarts of device and platform.
 * @param source what it is about, in the device's words; shown where a rule's name stands.
 * @param severity how urgent.
 * @param message for the operator.
 * @param active whether it stands.
 * @param acknowledged whether somebody has acknowledged it at the device.
 * @param at when it came into this state, in UTC.
 */
public record ConditionState(
        TagId tag,
        String condition,
        String source,
        Severity severity,
        String message,
        boolean active,
        boolean acknowledged,
        Instant at) {
    private static final int LONGEST = 1_000;

    /** @throws IllegalArgumentException if the condition has no name, or too long a one. */
    public ConditionState {
        requireNonNull(tag);
        requireNonNull(source);
        requireNonNull(severity);
        requireNonNull(message);
        requireNonNull(at);
        if (condition.isEmpty() || condition.length() > LONGEST) {
            throw new IllegalArgumentException("a condition's name has 1 to " + LONGEST + " characters");
        }
    }
}
