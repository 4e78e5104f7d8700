package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Severity;
import java.time.Instant;

/**
 * The state of an alarm that a device keeps by itself, such as an OPC UA condition.
 *
 * @param condition which alarm, the same text in every report of it and over restarts of the device.
 * @param source what the alarm is about, in the device's words.
 * @param severity how urgent.
 * @param message the device's text for the operator.
 * @param active whether it stands.
 * @param acknowledged whether somebody has acknowledged it, here or at the device.
 * @param at when it came into this state, by the device's clock in UTC.
 */
public record DeviceAlarm(
        String condition,
        String source,
        Severity severity,
        String message,
        boolean active,
        boolean acknowledged,
        Instant at) {
    /** @throws IllegalArgumentException if the condition has no name. */
    public DeviceAlarm {
        requireNonNull(source);
        requireNonNull(severity);
        requireNonNull(message);
        requireNonNull(at);
        if (condition.isEmpty()) {
            throw new IllegalArgumentException("an alarm has a condition");
        }
    }
}
