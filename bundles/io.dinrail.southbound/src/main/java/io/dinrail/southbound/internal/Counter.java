package io.dinrail.southbound.internal;

import java.util.Locale;

/** What is counted for each instance. */
enum Counter {
    /** Exchanges with the device that were begun. */
    REQUESTS,
    /** Exchanges that failed as a whole. */
    FAILURES,
    /** Readings sent to the bus. */
    READINGS,
    /** Values within the deadband, not reported. */
    SUPPRESSED,
    /** Polls left out because the one before took longer than the period. */
    OVERRUNS,
    /** Writes handed to the device. */
    WRITES,
    /** Times the connector was made anew after a crash or a hang. */
    RESTARTS,
    /** Readings and reports dropped because a queue was full. */
    LOST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
