package io.dinrail.connector.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The connector instances of this platform; safe for use by many threads, never blocks. */
@ProviderType
public interface Connectors {
    /** @return every configured instance, by name. */
    List<ConnectorStatus> list();

    /**
     * Looks one up.
     *
     * @param name which.
     * @return it; empty if none is configured under that name.
     */
    Optional<ConnectorStatus> find(String name);

    /**
     * Starts a stopped, failed or quarantined instance; does nothing if it runs. It stays started over restarts of the platform.
     *
     * @param name which.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    void start(String name);

    /**
     * Stops an instance; it stays stopped until it is started again or its bundle or the platform restarts.
     *
     * @param name which.
     * @throws IllegalArgumentException if none is configured under that name.
     */
    void stop(String name);
}
