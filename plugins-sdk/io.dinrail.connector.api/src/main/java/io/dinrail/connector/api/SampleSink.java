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
     * Hears that the connection is gone; the host closes and opens again.
     *
     * @param reason one sentence for a person.
     */
    void lost(String reason);
}
