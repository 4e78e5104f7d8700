package io.dinrail.model.api;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Names one tag of one device.
 *
 * @param device the device that the tag belongs to.
 * @param tag 1 to 128 characters, none of them {@code / + #} or a control character.
 */
public record TagId(DeviceId device, String tag) implements Comparable<TagId> {
    private static final Comparator<TagId> ORDER =
            Comparator.comparing(TagId::device).thenComparing(TagId::tag);

    /** @throws IllegalArgumentException if the tag name is refused. */
    public TagId {
        requireNonNull(device);
        Names.tag(tag);
    }

    /**
     * Names a tag by two texts.
     *
     * @param device the device id.
     * @param tag the tag name.
     * @return the name.
     * @throws IllegalArgumentException if either is refused.
     */
    public static TagId of(String device, String tag) {
        return new TagId(new DeviceId(device), tag);
    }

    @Override
    public int compareTo(TagId other) {
        return ORDER.compare(this, other);
    }

    /** Names such as {@code press-12/tag-345} differ in digits only, of which a sum of multiples of 31 makes the same number again and again. */
    @Override
    public int hashCode() {
        int mixed = device.hashCode() * 0x9E3779B9 + tag.hashCode();
        return (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
    }

    @Override
    public String toString() {
        return device + "/" + tag;
    }
}
