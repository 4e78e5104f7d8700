package io.dinrail.event.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes every reading, in order, without loss: register it as a service with the property {@link #NAME}. It has a thread of its own, so it may block;
 * while it is slow or away the journal keeps its place, and what the journal can no longer hold comes as a {@link Gap}. A place is kept by name over
 * restarts of the consumer's bundle.
 */
@ConsumerType
public interface ReadingConsumer {
    /** Service property: the name that the consumer's place in the journal is kept under, unique on the platform. */
    String NAME = "dinrail.consumer";

    /**
     * Takes the next readings. They count as delivered when this returns.
     *
     * @param readings at least one, at most 1,000, oldest first.
     * @throws Exception if they could not be taken: they are offered again, three times in all, then counted as lost for this consumer.
     */
    void accept(List<RecordedReading> readings) throws Exception;

    /**
     * Hears that readings are gone for good for this consumer; called before the readings that follow the gap.
     *
     * @param gap which.
     */
    void lost(Gap gap);
}
