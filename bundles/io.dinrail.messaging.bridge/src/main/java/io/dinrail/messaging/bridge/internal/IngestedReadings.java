package io.dinrail.messaging.bridge.internal;

import io.dinrail.model.api.Reading;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * The readings that came in over MQTT and are under way through the journal: they are on MQTT already and aren't published a second time. Kept by reading, not
 * by tag, so that one message on a tag that a connector reads as well doesn't silence the connector. Holds as many as the journal does; the oldest beyond that
 * is published again, which doubles it for subscribers and can't come round, because the broker doesn't play the platform's own messages back to it. Safe for
 * use by many threads.
 */
@Component(service = IngestedReadings.class)
public final class IngestedReadings {
    private static final int MOST = 100_000;

    private final Set<Reading> underWay = new LinkedHashSet<>();

    synchronized void add(Collection<Reading> readings) {
        underWay.addAll(readings);
        while (underWay.size() > MOST) {
            underWay.remove(underWay.iterator().next());
        }
    }

    synchronized boolean contains(Reading reading) {
        return underWay.contains(reading);
    }

    /** Only when a whole batch is through: what was not taken is offered again. */
    synchronized void forget(Collection<Reading> readings) {
        readings.forEach(underWay::remove);
    }
}
