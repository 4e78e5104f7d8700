package io.dinrail.southbound.internal;

/** What is counted for each instance, beside what goes over its wire. */
enum Counter {
    /** Calls into the connector that failed as a whole. */
    FAILURES("failures"),
    /** Readings sent to the bus. */
    READINGS("readings"),
    /** Values within the deadband, not reported. */
    SUPPRESSED("suppressed"),
    /** Values within the deadband, reported all the same after {@code max.silence}. */
    REPEATED("repeated"),
    /** Values outside the tag's range. */
    OUT_OF_RANGE("outOfRange"),
    /** Values from the device's history, brought in after an outage. */
    BACKFILLED("backfilled"),
    /** Polls left out because the one before took longer than the period. */
    OVERRUNS("overruns"),
    /** Writes handed to the device. */
    WRITES("writes"),
    /** Times the connector was made anew after a crash or a hang. */
    RESTARTS("restarts"),
    /** Readings and reports dropped because a queue was full. */
    LOST("lost"),
    /** Reports dropped because the connector reported more than {@code max.rate} and was cut off. */
    FLOODED("flooded");

    private final String shown;

    Counter(String shown) {
        this.shown = shown;
    }

    @Override
    public String toString() {
        return shown;
    }
}
