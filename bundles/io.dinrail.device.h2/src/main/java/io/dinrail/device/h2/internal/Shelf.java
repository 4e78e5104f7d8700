package io.dinrail.device.h2.internal;

import io.dinrail.device.api.Device;
import io.dinrail.model.api.DeviceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** All devices in memory, by id and by gateway. What has a gateway is put and removed by one thread at a time. */
final class Shelf {
    private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
    private final Map<DeviceId, NavigableSet<DeviceId>> behind = new ConcurrentHashMap<>();
    private final Set<DeviceId> online = ConcurrentHashMap.newKeySet();

    List<Device> list() {
        return devices.values().stream()
                .sorted(Comparator.comparing(Device::id))
                .map(this::withPresence)
                .toList();
    }

    Optional<Device> find(DeviceId id) {
        return Optional.ofNullable(devices.get(id)).map(this::withPresence);
    }

    boolean holds(DeviceId id) {
        return devices.containsKey(id);
    }

    int size() {
        return devices.size();
    }

    List<DeviceId> behind(DeviceId gateway) {
        return Optional.ofNullable(behind.get(gateway)).map(List::copyOf).orElse(List.of());
    }

    /** For a device without a gateway. */
    boolean putIfAbsent(Device device) {
        return devices.putIfAbsent(device.id(), device) == null;
    }

    /** Takes it away again, unless it was changed meanwhile. */
    void withdraw(Device device) {
        devices.remove(device.id(), device);
    }

    void put(Device device) {
        Optional.ofNullable(devices.put(device.id(), device)).ifPresent(before -> unlink(before, device.gateway()));
        device.gateway()
                .ifPresent(gateway -> behind.computeIfAbsent(gateway, key -> new ConcurrentSkipListSet<>())
                        .add(device.id()));
    }

    void remove(DeviceId id) {
        Optional.ofNullable(devices.remove(id)).ifPresent(before -> unlink(before, Optional.empty()));
    }

    private void unlink(Device device, Optional<DeviceId> kept) {
        device.gateway().filter(gateway -> !kept.equals(Optional.of(gateway))).ifPresent(gateway -> {
            Set<DeviceId> others = behind.getOrDefault(gateway, new ConcurrentSkipListSet<>());
            others.remove(device.id());
            if (others.isEmpty()) {
                behind.remove(gateway);
            }
        });
    }

    void connected(DeviceId id) {
        online.add(id);
    }

    void left(DeviceId id) {
        online.remove(id);
    }

    /** As it is stored, never online. */
    Optional<Device> stored(DeviceId id) {
        return Optional.ofNullable(devices.get(id));
    }

    private Device withPresence(Device device) {
        return online.contains(device.id())
                ? new Device(
                        device.id(),
                        device.fleet(),
                        device.gateway(),
                        device.type(),
                        device.site(),
                        device.addedAt(),
                        true)
                : device;
    }
}
