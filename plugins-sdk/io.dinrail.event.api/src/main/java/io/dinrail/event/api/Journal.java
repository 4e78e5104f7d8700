package io.dinrail.event.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What the journal shows of itself; safe for use by many threads, never blocks. */
@ProviderType
public interface Journal {
    /**
     * The journal's counters.
     *
     * @param recorded readings taken since the platform started.
     * @param held readings in the ring now.
     * @param capacity readings that the ring holds at most.
     * @param refused readings not taken because no number could be reserved on disk.
     * @param consumers every consumer that has a place.
     */
    record Status(long recorded, int held, int capacity, long refused, List<ConsumerStatus> consumers) {
        public Status {
            consumers = List.copyOf(consumers);
        }
    }

    /**
     * One consumer's place.
     *
     * @param name the consumer's name.
     * @param present whether its service is there now.
     * @param delivered readings it took since the platform started.
     * @param lag readings in the ring that it has not taken yet.
     * @param lost readings that it was told it will never get, since the platform started.
     * @param failures times that it threw, since the platform started.
     */
    record ConsumerStatus(String name, boolean present, long delivered, long lag, long lost, long failures) {}

    /** @return the counters now. */
    Status status();
}
