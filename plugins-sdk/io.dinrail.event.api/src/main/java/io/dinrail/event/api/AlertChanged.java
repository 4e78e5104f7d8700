package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert was raised, acknowledged or cleared; sent after the store has it.
 *
 * @param kind what happened.
 * @param id the alert.
 * @param rule the rule that raised it.
 * @param tag what it is about.
 * @param severity how urgent.
 * @param message for the operator.
 * @param value the value that decided; empty for an acknowledgement.
 * @param limit the rule's limit, in the tag's unit.
 * @param at when.
 */
public record AlertChanged(
        Kind kind,
        long id,
        String rule,
        TagId tag,
        Severity severity,
        String message,
        Optional<TagValue> value,
        double limit,
        Instant at)
        implements BusEvent {
    /** What happened. */
    public enum Kind {
        RAISED,
        ACKNOWLEDGED,
        CLEARED
    }

    public AlertChanged {
        requireNonNull(rule);
        requireNonNull(tag);
        requireNonNull(severity);
        requireNonNull(message);
        requireNonNull(value);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.ALERT + kind;
    }
}
