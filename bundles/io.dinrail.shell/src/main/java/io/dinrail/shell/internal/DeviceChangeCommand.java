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
@Command(
        scope = "dinrail",
        name = "device-change",
        description = "Changes what is given of a device; an empty text takes it away")
final class DeviceChangeCommand extends PlatformCommand {
    @Argument(name = "id", description = "The device", required = true)
    @Completion(DeviceIds.class)
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
        DeviceRegister register = call.services().require(DeviceRegister.class);
        Device before = DeviceShowCommand.known(register, id);
        register.change(
                before.id(),
                changed(before.fleet(), fleet),
                changed(before.gateway().map(DeviceId::value), gateway).map(DeviceId::new),
                changed(before.type(), type),
                changed(before.site(), site));
        call.out().println("changed device " + id);
    }

    private static Optional<String> changed(Optional<String> before, @Nullable String given) {
        return given == null ? before : Optional.of(given).filter(text -> !text.isEmpty());
    }
}
