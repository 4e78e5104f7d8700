package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "device-list", description = "Lists the devices in the register")
final class DeviceListCommand extends ListQuery<Device> {
    @Override
    List<Device> find(Call call) throws Refused {
        return call.services().require(DeviceRegister.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("id", "fleet", "gateway", "type", "site", "online", "added");
    }

    @Override
    List<?> row(Device device) {
        return List.of(
                device.id(),
                Shown.cell(device.fleet()),
                Shown.cell(device.gateway()),
                Shown.cell(device.type()),
                Shown.cell(device.site()),
                device.online() ? "yes" : "no",
                Shown.cell(device.addedAt()));
    }

    @Override
    TagValue element(Device device) {
        return DeviceJson.of(device).toValue();
    }
}
