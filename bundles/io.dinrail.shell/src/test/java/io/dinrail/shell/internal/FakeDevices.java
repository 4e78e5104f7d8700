package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceException;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

final class FakeDevices implements DeviceRegister {
    private final Map<DeviceId, Device> devices = new ConcurrentSkipListMap<>();

    @Override
    public List<Device> list() {
        return List.copyOf(devices.values());
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public Device add(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site)
            throws DeviceException {
        Device device = new Device(id, fleet, gateway, type, site, Instant.parse("2026-11-22T10:00:00.123456Z"), false);
        if (devices.putIfAbsent(id, device) != null) {
            throw new DeviceException(DeviceException.Reason.TAKEN, "device '" + id + "' is there already");
        }
        return device;
    }

    @Override
    public Device change(
            DeviceId id,
            Optional<String> fleet,
            Optional<DeviceId> gateway,
            Optional<String> type,
            Optional<String> site) {
        Device changed =
                new Device(id, fleet, gateway, type, site, devices.get(id).addedAt(), false);
        devices.put(id, changed);
        return changed;
    }

    @Override
    public List<DeviceId> behind(DeviceId gateway) {
        return List.of();
    }

    @Override
    public void remove(DeviceId id) throws DeviceException {
        if (devices.remove(id) == null) {
            throw new DeviceException(DeviceException.Reason.UNKNOWN, "device '" + id + "' is unknown");
        }
    }
}
