package io.dinrail.device.api;

import io.dinrail.model.api.DeviceId;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The register of devices; safe for use by many threads. A device is in it when it was added, got a credential, or was first heard of in a reading or a
 * connection.
 */
@ProviderType
public interface DeviceRegister {
    /** @return all devices, by id. */
    List<Device> list();

    /**
     * Looks one up.
     *
     * @param id which.
     * @return the device; empty if it is unknown.
     */
    Optional<Device> find(DeviceId id);

    /**
     * Adds a device.
     *
     * @param id its name.
     * @param fleet the group it belongs to.
     * @param gateway the device it is reached through.
     * @param type free text of at most 128 characters.
     * @param site the place it stands at.
     * @return the device.
     * @throws DeviceException if it is there already, something is refused, or the store can't be written.
     */
    Device add(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site)
            throws DeviceException;

    /**
     * Changes what is known of a device. Access rules that refer to it follow within a second.
     *
     * @param id its name.
     * @param fleet the group it belongs to.
     * @param gateway the device it is reached through.
     * @param type free text of at most 128 characters.
     * @param site the place it stands at.
     * @return the device.
     * @throws DeviceException if it is unknown, something is refused, or the store can't be written.
     */
    Device change(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site)
            throws DeviceException;

    /**
     * Tells which devices are reached through a gateway; answers from memory.
     *
     * @param gateway which.
     * @return their ids, in order.
     */
    List<DeviceId> behind(DeviceId gateway);

    /**
     * Removes a device from the register. It is added again when it is heard of again.
     *
     * @param id which.
     * @throws DeviceException if it is unknown or the store can't be written.
     */
    void remove(DeviceId id) throws DeviceException;
}
