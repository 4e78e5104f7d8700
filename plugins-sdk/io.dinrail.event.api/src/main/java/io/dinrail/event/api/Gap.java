package io.dinrail.event.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.DeviceId;

/**
 * Readings that a consumer will never get.
 *
 * @param device whose.
 * @param from the first number missing.
 * @param to the last number missing.
 */
public record Gap(DeviceId device, long from, long to) {
    /** @throws IllegalArgumentException if the range is empty. */
    public Gap {
        requireNonNull(device);
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("no gap: " + from + " to " + to);
        }
    }

    /** @return how many readings are missing. */
    public long count() {
        return to - from + 1;
    }
}
