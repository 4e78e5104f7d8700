package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import io.dinrail.model.api.TagId;
import io.dinrail.model.api.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One row of a tags file, with the common columns parsed.
 *
 * @param id device and tag.
 * @param address as written; its notation is the connector's.
 * @param type as written, in lower case unless it is the protocol's own type; empty if the column is missing or empty.
 * @param access who may do what.
 * @param poll the period, above zero.
 * @param scale engineering = raw × scale + offset; never zero.
 * @param offset in the engineering unit.
 * @param unit of the engineering value.
 * @param deadband changes up to this are not reported, in the engineering unit; empty to report every value.
 * @param min the lowest engineering value that may be written.
 * @param max the highest engineering value that may be written.
 * @param description free text, possibly empty.
 * @param more the connector's own columns by lower-case name; empty cells are absent.
 * @param low the lowest engineering value that is plausible; a reading below is uncertain, {@code out-of-range}.
 * @param high the highest engineering value that is plausible; a reading above is uncertain, {@code out-of-range}.
 */
public record TagSpec(
        TagId id,
        String address,
        String type,
        Access access,
        Duration poll,
        double scale,
        double offset,
        Optional<Unit> unit,
        OptionalDouble deadband,
        OptionalDouble min,
        OptionalDouble max,
        String description,
        Map<String, String> more,
        OptionalDouble low,
        OptionalDouble high) {
    /** The type of a tag that names a method to call: it is neither read nor written. */
    public static final String METHOD = "method";
    /** The type of a tag that names where a device reports alarms of its own: it has no value. */
    public static final String ALARMS = "alarms";

    /** Whether a tag is read, written or both. */
    public enum Access {
        R,
        W,
        RW;

        /** @return whether the tag is read. */
        public boolean reads() {
            return this != W;
        }

        /** @return whether the tag may be written. */
        public boolean writes() {
            return this != R;
        }

        @Override
        public String toString() {
            return switch (this) {
                case R -> "r";
                case W -> "w";
                case RW -> "rw";
            };
        }
    }

    public TagSpec {
        requireNonNull(id);
        requireNonNull(address);
        requireNonNull(type);
        requireNonNull(access);
        requireNonNull(unit);
        requireNonNull(deadband);
        requireNonNull(min);
        requireNonNull(max);
        requireNonNull(low);
        requireNonNull(high);
        requireNonNull(description);
        more = Map.copyOf(more);
        if (poll.isZero() || poll.isNegative()) {
            throw new SettingException("poll", "the period must be above zero");
        }
        if (scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new SettingException("scale", "scale and offset are finite numbers, and scale isn't 0");
        }
    }

    /**
     * A row without a range.
     *
     * @param id device and tag.
     * @param address as written; its notation is the connector's.
     * @param type as written, in lower case unless it is the protocol's own type; empty if the column is missing or empty.
     * @param access who may do what.
     * @param poll the period, above zero.
     * @param scale engineering = raw × scale + offset; never zero.
     * @param offset in the engineering unit.
     * @param unit of the engineering value.
     * @param deadband changes up to this are not reported, in the engineering unit; empty to report every value.
     * @param min the lowest engineering value that may be written.
     * @param max the highest engineering value that may be written.
     * @param description free text, possibly empty.
     * @param more the connector's own columns by lower-case name; empty cells are absent.
     */
    public TagSpec(
            TagId id,
            String address,
            String type,
            Access access,
            Duration poll,
            double scale,
            double offset,
            Optional<Unit> unit,
            OptionalDouble deadband,
            OptionalDouble min,
            OptionalDouble max,
            String description,
            Map<String, String> more) {
        this(
                id,
                address,
                type,
                access,
                poll,
                scale,
                offset,
                unit,
                deadband,
                min,
                max,
                description,
                more,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** @return whether the tag has a value that is read or written, rather than being a method or a source of alarms. */
    public boolean hasValue() {
        return !type.equals(METHOD) && !type.equals(ALARMS);
    }
}
