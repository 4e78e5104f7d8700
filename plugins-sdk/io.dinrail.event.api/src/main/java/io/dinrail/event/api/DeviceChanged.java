package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;

/**
 * A device changed in the register, which has it already.
 *
 * @param kind what happened.
 * @param device which.
 * @param at when.
 */
public record DeviceChanged(Kind kind, DeviceId device, Instant at) implements BusEvent {
    /** What happened. */
    public enum Kind {
        /** By hand, or because it was heard of. */
        ADDED,
        /** Its fleet, gateway, type or site. */
        CHANGED,
        REMOVED
    }

    public DeviceChanged {
        requireNonNull(kind);
        requireNonNull(device);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.DEVICE + kind;
    }
}
