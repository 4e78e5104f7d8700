package io.dinrail.connector.api;

import io.dinrail.model.api.TagId;
import java.util.List;

/**
 * The difference between a tags file and the tags that a connector serves.
 *
 * @param added tags that are new.
 * @param changed tags of which a column differs.
 * @param removed tags that the file does not have.
 * @param unchanged how many stay as they are.
 * @param refused rows that can't be used, each one sentence with line and column.
 */
public record TagImport(
        List<TagId> added, List<Change> changed, List<TagId> removed, int unchanged, List<String> refused) {
    /**
     * One tag that differs.
     *
     * @param tag which.
     * @param columns what differs, each as {@code column: before -> after}.
     */
    public record Change(TagId tag, List<String> columns) {
        public Change {
            columns = List.copyOf(columns);
        }
    }

    public TagImport {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        refused = List.copyOf(refused);
    }

    /** @return whether the file says what is served already. */
    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
}
