package io.dinrail.device.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One device in the register.
 *
 * @param id its name.
 * @param fleet the group it belongs to.
 * @param gateway the device it is reached through.
 * @param type free text, such as a model.
 * @param site the place it stands at.
 * @param addedAt when it was added or first heard of, in UTC.
 * @param online whether it is connected to the broker now; false for a device behind a connector.
 */
public record Device(
        DeviceId id,
        Optional<String> fleet,
        Optional<DeviceId> gateway,
        Optional<String> type,
        Optional<String> site,
        Instant addedAt,
        boolean online) {
    public Device {
        requireNonNull(id);
        requireNonNull(fleet);
        requireNonNull(gateway);
        requireNonNull(type);
        requireNonNull(site);
        requireNonNull(addedAt);
    }
}
