package io.dinrail.event.api;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.event.Event;

/** The only code that knows how a typed event stands in Event Admin's property map. */
public final class BusEvents {
    private static final String PAYLOAD = "payload";

    private BusEvents() {}

    /**
     * Puts a typed event into Event Admin's form.
     *
     * @param event what happened.
     * @return the event to send or post.
     */
    public static Event wrap(BusEvent event) {
        return new Event(event.topic(), Map.of(PAYLOAD, event));
    }

    /**
     * Takes the typed event out again.
     *
     * @param raw an event of Event Admin, of any origin.
     * @param type the record expected.
     * @param <E> the record expected.
     * @return the record; empty if the event carries none of that type.
     */
    public static <E extends BusEvent> Optional<E> unwrap(Event raw, Class<E> type) {
        return Optional.ofNullable(raw.getProperty(PAYLOAD))
                .filter(type::isInstance)
                .map(type::cast);
    }
}
