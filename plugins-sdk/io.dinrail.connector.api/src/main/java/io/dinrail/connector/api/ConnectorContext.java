package io.dinrail.connector.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the host gives to one connector instance; safe for use by many threads. */
@ProviderType
public interface ConnectorContext {
    /** @return where exchanges are counted. */
    Meter meter();

    /**
     * The folder of the instance's own for what it must keep over restarts and updates and nobody else may read: keys, certificates of its peers,
     * lessons learned. It exists, and only the platform's user may enter it.
     *
     * @return the folder; empty where nothing can be kept.
     */
    Optional<Path> folder();

    /**
     * How long the {@link Connector#read} under way may take so that no other lane waits longer than {@link Connector#laneTimeout}. A connector that
     * keeps to it stops with {@link ConnectorException.Reason#LATER}; one that doesn't only delays the others. For the instance's thread.
     *
     * @return above zero, at most the lane timeout, and that outside of a poll; 292 years where nobody waits.
     */
    default Duration patience() {
        return Duration.ofNanos(Long.MAX_VALUE);
    }

    /** @return a context that counts and keeps nothing, for tests and for hosts that have none. */
    static ConnectorContext none() {
        return NoContext.INSTANCE;
    }
}
