package io.dinrail.shell.internal;

import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.DeviceId;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

@Needs(Role.ENGINEER)
@Command(scope = "dinrail", name = "device-add", description = "Adds a device to the register")
final class DeviceAddCommand extends PlatformCommand {
    @Argument(name = "id", description = "Its name: 1 to 128 of A-Z a-z 0-9 . _ ~ -", required = true)
    private String id;

    @Option(name = "--fleet", description = "The group it belongs to")
    private @Nullable String fleet;

    @Option(name = "--gateway", description = "The device it is reached through")
    @Completion(DeviceIds.class)
    private @Nullable String gateway;

    @Option(name = "--type", description = "Free text, such as a model")
    private @Nullable String type;

    @Option(name = "--site", description = "The place it stands at")
    private @Nullable String site;

    @Override
    String recorded() {
        return id;
    }

    @Override
    void run(Call call) throws Exception {
        Device device = call.services()
                .require(DeviceRegister.class)
                .add(
                        new DeviceId(id),
                        Optional.ofNullable(fleet),
                        Optional.ofNullable(gateway).map(DeviceId::new),
                        Optional.ofNullable(type),
                        Optional.ofNullable(site));
        call.out().println("added device " + device.id());
    }
}
