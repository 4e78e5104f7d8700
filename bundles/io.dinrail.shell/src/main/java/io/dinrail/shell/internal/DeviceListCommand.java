package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Command(scope = "dinrail", name = "device-list", description = "Lists the devices in the register")
final class DeviceListCommand extends ListQuery<Device> {
    @Override
    List<Device> find(Services services) throws Refused {
        return services.require(DeviceRegister.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("id", "fleet", "gateway", "type", "online", "added");
    }

    @Override
    List<?> row(Device device) {
        return List.of(
                device.id(),
                Shown.cell(device.fleet()),
                Shown.cell(device.gateway()),
                Shown.cell(device.type()),
                device.online() ? "yes" : "no",
                Shown.cell(device.addedAt()));
    }

    @Override
    TagValue element(Device device) {
        return DeviceJson.of(device).toValue();
    }
}
