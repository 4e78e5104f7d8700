package io.dinrail.model.api;

/**
 * Names one device, unique on this platform; the same text stands in topics and user names.
 *
 * @param value 1 to 128 of {@code A-Z a-z 0-9 . _ ~ -}, the first a letter or digit.
 */
public record DeviceId(String value) implements Comparable<DeviceId> {
    /** @throws IllegalArgumentException if the text is no device id; its message is fit for the person who typed it. */
    public DeviceId {
        Names.device(value);
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
