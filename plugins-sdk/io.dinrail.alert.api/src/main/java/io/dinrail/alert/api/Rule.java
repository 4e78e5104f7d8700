package io.dinrail.alert.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches one tag for a limit. Readings whose quality is bad decide nothing.
 *
 * @param name unique, as a device id may look.
 * @param tag what is watched.
 * @param condition which side of the limit is wrong.
 * @param limit in the tag's unit.
 * @param hysteresis zero or more, in the tag's unit: the alert clears only this far on the right side of the limit.
 * @param delay how long the value must be wrong before the alert is raised, by source time; zero or more.
 * @param severity of its alerts.
 * @param message for the operator.
 */
public record Rule(
        String name,
        TagId tag,
        Condition condition,
        double limit,
        double hysteresis,
        Duration delay,
        Severity severity,
        String message) {
    /** Which side of the limit is wrong. */
    public enum Condition {
        /** Wrong above the limit. */
        ABOVE,
        /** Wrong below the limit. */
        BELOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if something is refused; the message names it. */
    public Rule {
        requireNonNull(tag);
        requireNonNull(condition);
        requireNonNull(severity);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")) {
            throw new IllegalArgumentException("name: 1 to 128 of A-Z a-z 0-9 . _ ~ -, the first a letter or digit");
        }
        if (!Double.isFinite(limit)) {
            throw new IllegalArgumentException(condition + ": the limit must be a finite number");
        }
        if (!(hysteresis >= 0) || Double.isInfinite(hysteresis)) {
            throw new IllegalArgumentException("hysteresis: must be zero or more");
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: must be zero or more");
        }
        if (message.length() > 500) {
            throw new IllegalArgumentException("message: at most 500 characters");
        }
    }
}
