package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.DeviceId;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "device-show", description = "Shows one device")
final class DeviceShowCommand extends ShowQuery<Device> {
    @Argument(name = "id", description = "The device", required = true)
    @Completion(DeviceIds.class)
    private String id;

    @Override
    Device find(Call call) throws Refused {
        return known(call.services().require(DeviceRegister.class), id);
    }

    static Device known(DeviceRegister register, String id) throws Refused {
        return register.find(new DeviceId(id))
                .orElseThrow(
                        () -> new Refused("device '" + id + "' is unknown: dinrail:device-list shows the known ones"));
    }

    @Override
    JsonObject object(Device device) {
        return DeviceJson.of(device);
    }
}
