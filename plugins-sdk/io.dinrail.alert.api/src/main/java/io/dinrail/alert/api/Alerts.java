package io.dinrail.alert.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The alerts of this platform, kept in the store; safe for use by many threads, blocks on the store. */
@ProviderType
public interface Alerts {
    /** @return the open alerts, newest first, then the cleared ones, newest first, at most 1,000 in all. */
    List<Alert> list();

    /** @return how many alerts are raised or acknowledged now. */
    int open();

    /**
     * Acknowledges an alert that is raised; one that is acknowledged or cleared already stays as it is.
     *
     * @param id which.
     * @param note free text of at most 500 characters, possibly empty.
     * @return the alert now.
     * @throws RuleException if there is none of that id, or the store can't be written.
     */
    Alert acknowledge(long id, String note) throws RuleException;
}
