package io.dinrail.connector.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what a device reports by itself; safe for use by many threads.
 *
 * @param <P> the protocol's parsed address.
 */
@ProviderType
public interface SampleSink<P> {
    /**
     * One reported value.
     *
     * @param point which.
     * @param sample what was reported.
     * @param <P> the protocol's parsed address.
     */
    record Report<P>(P point, Sample sample) {}

    /**
     * Takes reported values; returns at once.
     *
     * @param reports in the device's order.
     */
    void report(List<Report<P>> reports);

    /**
     * Takes the state of an alarm that the device keeps by itself; returns at once. Of a point whose tag has the type {@code alarms}: its address names
     * what the device reports alarms of, and it has no value. After each (re-)connection the connector reports every alarm that stands, and then calls
     * {@link #alarmsComplete}.
     *
     * @param point which.
     * @param alarm the state now.
     */
    default void alarm(P point, DeviceAlarm alarm) {}

    /**
     * Hears that all alarms of a point that stand at the device were reported: others that were active have gone meanwhile.
     *
     * @param point which.
     */
    default void alarmsComplete(P point) {}

    /**
     * Hears that the connection is gone; the host closes and opens again.
     *
     * @param reason one sentence for a person.
     */
    void lost(String reason);
}
