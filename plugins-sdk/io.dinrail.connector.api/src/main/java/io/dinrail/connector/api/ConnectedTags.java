package io.dinrail.connector.api;

import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The tags behind connectors, to be read and written on demand; safe for use by many threads, never blocks. */
@ProviderType
public interface ConnectedTags {
    /** @return every tag of every connector, by tag id. */
    List<ConnectedTag> list();

    /**
     * Looks one up.
     *
     * @param id which.
     * @return it; empty if no connector serves it.
     */
    Optional<ConnectedTag> find(TagId id);

    /**
     * Reads a tag from its device now; the reading goes to the bus as well.
     *
     * @param id which.
     * @return the reading, bad if the device can't be reached; fails with {@link IllegalArgumentException} if no connector serves the tag or
     *     it is write-only.
     */
    CompletionStage<Reading> read(TagId id);

    /**
     * Writes a tag and reads it back. Goes before polls; is never repeated by itself.
     *
     * @param id which.
     * @param value in the engineering unit.
     * @param expires not sent to the device after this.
     * @return what came of it; fails with {@link IllegalArgumentException} if no connector serves the tag, it is read-only, or the value does
     *     not fit its type.
     */
    CompletionStage<WriteResult> write(TagId id, TagValue value, Instant expires);

    /**
     * Writes as {@link #write(TagId, TagValue, Instant)} does.
     *
     * @param id which.
     * @param value in the engineering unit.
     * @param expires not sent to the device after this.
     * @param idempotent whether writing it twice does no harm: if the connection is lost while it is written, it is written again once the device is
     *     back, unless it has expired.
     * @return what came of it; fails as the other one does.
     */
    default CompletionStage<WriteResult> write(TagId id, TagValue value, Instant expires, boolean idempotent) {
        return write(id, value, expires);
    }
}
