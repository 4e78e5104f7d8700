package io.dinrail.messaging.bridge.internal;

import io.dinrail.event.api.RecordedReading;
import java.util.List;

/** Readings that the journal offers, perhaps not for the first time, and how far they are published: what is published is left out then. For one thread. */
final class OfferedBatch {
    /** As often as the journal offers the same readings before it gives them up. */
    private static final int OFFERS = 3;

    private List<RecordedReading> readings = List.of();
    private int published;
    private int failures;

    void begin(List<RecordedReading> offered) {
        if (!offered.equals(readings)) {
            readings = offered;
            published = 0;
            failures = 0;
        }
    }

    boolean hasNext() {
        return published < readings.size();
    }

    RecordedReading next() {
        return readings.get(published);
    }

    void done() {
        published++;
    }

    /** The next one fails. @return whether it is to be left out, because the journal would give up the whole batch otherwise. */
    boolean failed() {
        failures++;
        return failures >= OFFERS;
    }

    void end() {
        readings = List.of();
    }
}
