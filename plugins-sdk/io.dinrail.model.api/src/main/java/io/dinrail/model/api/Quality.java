package io.dinrail.model.api;

import static java.util.Objects.requireNonNull;

/**
 * How far a value can be trusted, after OPC 10000-4 (good, uncertain, bad), with the reason.
 *
 * @param level good, uncertain or bad.
 * @param status why it is not good, such as {@link #COMM_FAILURE}; empty exactly when the level is good.
 */
public record Quality(Level level, String status) {
    /** The three levels of OPC UA. */
    public enum Level {
        /** The value is what the device has. */
        GOOD,
        /** The value is usable with care. */
        UNCERTAIN,
        /** The value must not be used. */
        BAD;

        @Override
        public String toString() {
            return switch (this) {
                case GOOD -> "good";
                case UNCERTAIN -> "uncertain";
                case BAD -> "bad";
            };
        }
    }

    /** The device cannot be reached. */
    public static final String COMM_FAILURE = "comm-failure";
    /** Nothing was heard for longer than the tag allows. */
    public static final String STALE = "stale";
    /** The value lies outside the tag's range. */
    public static final String OUT_OF_RANGE = "out-of-range";
    /** The device answered that it cannot give the value. */
    public static final String DEVICE_FAILURE = "device-failure";
    /** The tag's configuration does not fit the device. */
    public static final String CONFIG_ERROR = "config-error";

    /** Nothing is wrong. */
    public static final Quality GOOD = new Quality(Level.GOOD, "");

    /** @throws IllegalArgumentException if a good quality has a status, or another has none. */
    public Quality {
        requireNonNull(level);
        if ((level == Level.GOOD) != status.isEmpty()) {
            throw new IllegalArgumentException(
                    "a status stands exactly where the level isn't good: " + level + " '" + status + "'");
        }
    }

    /**
     * Says that a value must not be used.
     *
     * @param status the reason.
     * @return the quality.
     */
    public static Quality bad(String status) {
        return new Quality(Level.BAD, status);
    }

    /**
     * Says that a value is usable with care.
     *
     * @param status the reason.
     * @return the quality.
     */
    public static Quality uncertain(String status) {
        return new Quality(Level.UNCERTAIN, status);
    }

    /** @return whether the level is good. */
    public boolean isGood() {
        return level == Level.GOOD;
    }

    @Override
    public String toString() {
        return isGood() ? "good" : level + "/" + status;
    }
}
