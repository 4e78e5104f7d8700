package io.dinrail.command.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;

/**
 * One command.
 *
 * @param id a UUID.
 * @param device whom it is for.
 * @param type such as {@code write} or {@code reboot}; 1 to 64 of {@code A-Z a-z 0-9 . _ -}.
 * @param params a JSON object as text.
 * @param state where it stands.
 * @param result JSON text of what came of it; empty as long as there is nothing.
 * @param by who sent it.
 * @param createdAt in UTC.
 * @param expiresAt not handed to the device after this; in UTC.
 * @param changedAt when it came into its state, in UTC.
 */
public record Command(
        String id,
        DeviceId device,
        String type,
        String params,
        CommandState state,
        String result,
        String by,
        Instant createdAt,
        Instant expiresAt,
        Instant changedAt) {
    public Command {
        requireNonNull(id);
        requireNonNull(device);
        requireNonNull(type);
        requireNonNull(params);
        requireNonNull(state);
        requireNonNull(result);
        requireNonNull(by);
        requireNonNull(createdAt);
        requireNonNull(expiresAt);
        requireNonNull(changedAt);
    }
}
