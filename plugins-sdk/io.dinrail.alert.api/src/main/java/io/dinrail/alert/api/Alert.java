package io.dinrail.alert.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One alert, from raising to clearing.
 *
 * @param id counts up, never repeats.
 * @param rule the rule that raised it; of an alarm that a device keeps by itself, what it is about.
 * @param tag what it is about.
 * @param severity how urgent.
 * @param message for the operator.
 * @param state where it stands.
 * @param value the value that raised it, in the tag's unit; NaN of a device's alarm.
 * @param limit the rule's limit when it was raised, in the tag's unit; NaN of a device's alarm.
 * @param raisedAt in UTC.
 * @param acknowledgedAt in UTC; empty as long as nobody has.
 * @param note what the person who acknowledged it wrote; possibly empty.
 * @param clearedAt in UTC; empty as long as it stands.
 * @param condition the alarm at the device; empty if a rule raised it.
 */
public record Alert(
        long id,
        String rule,
        TagId tag,
        Severity severity,
        String message,
        State state,
        double value,
        double limit,
        Instant raisedAt,
        Optional<Instant> acknowledgedAt,
        String note,
        Optional<Instant> clearedAt,
        String condition) {
    /** Where an alert stands, the plain part of ISA-18.2. */
    public enum State {
        /** Active, and nobody has acknowledged it. */
        RAISED,
        /** Active, and somebody has acknowledged it. */
        ACKNOWLEDGED,
        /** No longer active. */
        CLEARED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Alert {
        requireNonNull(rule);
        requireNonNull(tag);
        requireNonNull(severity);
        requireNonNull(message);
        requireNonNull(state);
        requireNonNull(raisedAt);
        requireNonNull(acknowledgedAt);
        requireNonNull(note);
        requireNonNull(clearedAt);
        requireNonNull(condition);
    }

    /**
     * An alert that a rule raised.
     *
     * @param id counts up, never repeats.
     * @param rule the rule that raised it.
     * @param tag what it is about.
     * @param severity how urgent.
     * @param message for the operator.
     * @param state where it stands.
     * @param value the value that raised it, in the tag's unit.
     * @param limit the rule's limit when it was raised, in the tag's unit.
     * @param raisedAt in UTC.
     * @param acknowledgedAt in UTC; empty as long as nobody has.
     * @param note what the person who acknowledged it wrote; possibly empty.
     * @param clearedAt in UTC; empty as long as it stands.
     */
    public Alert(
            long id,
            String rule,
            TagId tag,
            Severity severity,
            String message,
            State state,
            double value,
            double limit,
            Instant raisedAt,
            Optional<Instant> acknowledgedAt,
            String note,
            Optional<Instant> clearedAt) {
        this(id, rule, tag, severity, message, state, value, limit, raisedAt, acknowledgedAt, note, clearedAt, "");
    }
}
