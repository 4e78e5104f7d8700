package io.dinrail.alert.api;

import io.dinrail.model.api.TagId;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of acknowledgements of alerts that came in through {@link AlertIntake}, to pass them back; register it as a service. */
@ConsumerType
public interface AlertOwner {
    /**
     * Somebody acknowledged an alert, and the store has it; returns at once.
     *
     * @param tag the tag that it came in under.
     * @param condition which alarm of that tag.
     * @param note what they wrote; possibly empty.
     */
    void acknowledged(TagId tag, String condition, String note);
}
