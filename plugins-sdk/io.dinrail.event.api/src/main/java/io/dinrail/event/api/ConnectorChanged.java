package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A connector's state changed.
 *
 * @param kind what happened.
 * @param connector its name.
 * @param reason one sentence for a person; empty if there is nothing to say.
 * @param at when.
 */
public record ConnectorChanged(Kind kind, String connector, String reason, Instant at) implements BusEvent {
    /** What happened. */
    public enum Kind {
        STARTED,
        STOPPED,
        FAILED,
        DEGRADED,
        RECOVERED,
        QUARANTINED
    }

    public ConnectorChanged {
        requireNonNull(connector);
        requireNonNull(reason);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.CONNECTOR + kind;
    }
}
