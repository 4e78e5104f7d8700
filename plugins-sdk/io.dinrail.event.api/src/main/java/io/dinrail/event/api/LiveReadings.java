package io.dinrail.event.api;

import io.dinrail.model.api.TagId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The newest reading of every tag; safe for use by many threads, never blocks. */
@ProviderType
public interface LiveReadings {
    /** @return the newest reading of every tag, by tag id. */
    List<RecordedReading> all();

    /**
     * Looks one tag up.
     *
     * @param tag which.
     * @return its newest reading; empty if none came since the platform started.
     */
    Optional<RecordedReading> latest(TagId tag);
}
