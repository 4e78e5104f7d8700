package io.dinrail.event.api;

import io.dinrail.model.api.Reading;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Where readings enter the bus; safe for use by many threads. */
@ProviderType
public interface ReadingIntake {
    /**
     * Numbers the readings, keeps them in the journal and tells Event Admin's handlers on this thread. When it returns, every consumer of the feed
     * will get them or be told of the gap.
     *
     * @param readings in the order they happened; an empty list does nothing.
     * @throws IllegalStateException if no number can be reserved on disk, so that nothing was taken; try again later and count the
     *     readings as waiting or lost.
     */
    void record(List<Reading> readings);
}
