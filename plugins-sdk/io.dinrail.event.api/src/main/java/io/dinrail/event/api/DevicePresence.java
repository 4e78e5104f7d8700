package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;

/**
 * A device connected to the broker or left it.
 *
 * @param online whether it is connected now.
 * @param device which.
 * @param reason why it left, in a word or two; empty when it connected.
 * @param at when.
 */
public record DevicePresence(boolean online, DeviceId device, String reason, Instant at) implements BusEvent {
    public DevicePresence {
        requireNonNull(device);
        requireNonNull(reason);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.DEVICE + (online ? "ONLINE" : "OFFLINE");
    }
}
