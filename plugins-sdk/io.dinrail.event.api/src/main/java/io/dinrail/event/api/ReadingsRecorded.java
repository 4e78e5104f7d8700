package io.dinrail.event.api;

import java.util.List;

/**
 * Readings entered the journal: one event a poll or notification.
 *
 * @param readings at least one, in the order they were numbered.
 */
public record ReadingsRecorded(List<RecordedReading> readings) implements BusEvent {
    public ReadingsRecorded {
        readings = List.copyOf(readings);
    }

    @Override
    public String topic() {
        return Topics.READING_RECORDED;
    }
}
