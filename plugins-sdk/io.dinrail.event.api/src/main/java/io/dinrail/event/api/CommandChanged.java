package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;

/**
 * A command reached a state; sent after the store has it.
 *
 * @param state the state reached, such as {@code ACCEPTED} or {@code SUCCEEDED}.
 * @param id the command.
 * @param device whom it is for.
 * @param type such as {@code write}.
 * @param result JSON text of the result; empty as long as there is none.
 * @param at when.
 */
public record CommandChanged(String state, String id, DeviceId device, String type, String result, Instant at)
        implements BusEvent {
    public CommandChanged {
        requireNonNull(state);
        requireNonNull(id);
        requireNonNull(device);
        requireNonNull(type);
        requireNonNull(result);
        requireNonNull(at);
    }

    @Override
    public String topic() {
        return Topics.COMMAND + state;
    }
}
