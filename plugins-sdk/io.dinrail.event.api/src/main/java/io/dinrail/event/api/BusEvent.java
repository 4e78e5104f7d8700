package io.dinrail.event.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Something that happened, as one immutable record; published through {@link BusEvents}. */
@ConsumerType
public interface BusEvent {
    /** @return the Event Admin topic, {@code io/dinrail/<noun>/<PAST>}. */
    String topic();
}
