package io.dinrail.shell.internal;

import io.dinrail.device.api.DeviceRegister;
import java.util.List;
import java.util.stream.Stream;

/** Completes devices: those in the register and those that connectors serve. */
final class DeviceIds extends Ids {
    DeviceIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return Stream.concat(
                services.find(DeviceRegister.class).map(DeviceRegister::list).orElse(List.of()).stream()
                        .map(device -> device.id().value()),
                TagDevices.devices(services));
    }
}
