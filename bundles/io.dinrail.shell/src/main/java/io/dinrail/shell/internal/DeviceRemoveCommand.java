package io.dinrail.shell.internal;

import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.DeviceId;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "device-remove",
        description = "Removes a device from the register; it is added again when it is heard of again")
final class DeviceRemoveCommand extends PlatformCommand {
    @Argument(name = "id", description = "The device", required = true)
    @Completion(DeviceIds.class)
    private String id;

    @Override
    String recorded() {
        return id;
    }

    @Override
    void run(Call call) throws Exception {
        call.services().require(DeviceRegister.class).remove(new DeviceId(id));
        call.out().println("removed device " + id);
    }
}
