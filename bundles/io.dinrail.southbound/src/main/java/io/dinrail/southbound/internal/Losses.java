package io.dinrail.southbound.internal;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What all instances together lost since the platform started, those included that are gone; safe for use by many threads. */
final class Losses {
    private final LongAdder backlog = new LongAdder();
    private final LongAdder alarms = new LongAdder();
    private final LongAdder reports = new LongAdder();

    /** The bus took no readings for so long that the oldest waiting ones were dropped. */
    void backlogFull(long count) {
        backlog.add(count);
    }

    /** A device reported faster than its instance could take it. */
    void reportsFlooded(long count) {
        reports.add(count);
    }

    /** Alarms could not be handed over for so long that the oldest waiting ones were dropped. */
    void alarmsFull(long count) {
        alarms.add(count);
    }

    Map<String, Long> view() {
        return Map.of(
                "southbound.backlog-full", backlog.sum(),
                "southbound.reports-flooded", reports.sum(),
                "southbound.alarms-full", alarms.sum());
    }
}
