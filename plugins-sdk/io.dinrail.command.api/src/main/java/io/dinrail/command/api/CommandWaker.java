package io.dinrail.command.api;

import io.dinrail.model.api.DeviceId;
import org.osgi.annotation.versioning.ProviderType;

/** How targets tell the router news that it did not ask for; safe for use by many threads, never blocks. */
@ProviderType
public interface CommandWaker {
    /**
     * Says that a device can be reached (again): commands waiting for it are delivered now.
     *
     * @param device which.
     */
    void reachable(DeviceId device);

    /**
     * Passes on a device's own answer to a command, of any earlier delivery.
     *
     * @param device who answers; an answer to another device's command is ignored and counted.
     * @param id the command.
     * @param state the state reported.
     * @param result JSON text; empty if there is none.
     */
    void answered(DeviceId device, String id, CommandState state, String result);
}
