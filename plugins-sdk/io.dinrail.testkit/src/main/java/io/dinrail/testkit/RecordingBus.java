package io.dinrail.testkit;

import io.dinrail.event.api.BusEvent;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.ReadingIntake;
import io.dinrail.model.api.Reading;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Stands in for Event Admin and the intake, and remembers what was sent; safe for use by many threads. */
public final class RecordingBus implements EventAdmin, ReadingIntake {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    @Override
    public void postEvent(Event event) {
        events.add(event);
    }

    @Override
    public void sendEvent(Event event) {
        events.add(event);
    }

    @Override
    public void record(List<Reading> batch) {
        readings.addAll(batch);
    }

    /**
     * Finds the typed events sent so far.
     *
     * @param type the record expected.
     * @param <E> the record expected.
     * @return those of that type, in order.
     */
    public <E extends BusEvent> List<E> events(Class<E> type) {
        return events.stream()
                .flatMap(event -> BusEvents.unwrap(event, type).stream())
                .toList();
    }

    /** @return the readings recorded so far, in order. */
    public List<Reading> readings() {
        return List.copyOf(readings);
    }
}
