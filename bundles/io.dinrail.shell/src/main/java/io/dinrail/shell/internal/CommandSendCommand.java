package io.dinrail.shell.internal;

import io.dinrail.command.api.CommandRouter;
import io.dinrail.command.api.CommandState;
import io.dinrail.connector.api.Periods;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonException;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

@Needs(Role.OPERATOR)
@Command(scope = "dinrail", name = "command-send", description = "Sends a command to a device")
final class CommandSendCommand extends PlatformCommand {
    @Argument(name = "device", description = "The device", required = true)
    @Completion(DeviceIds.class)
    private String device;

    @Argument(index = 1, name = "type", description = "What to do, such as write or reboot", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"write", "reboot", "update_config", "firmware_update"})
    private String type;

    @Argument(
            index = 2,
            name = "params",
            description = "A JSON object in single quotes: '{\"tag\": \"setpoint\", \"value\": 40}'")
    private String params = "{}";

    @Option(name = "--expires", description = "Not handed over after this time (default 1h)")
    private String expires = "1h";

    @Option(name = "--wait", description = "Wait at most so long until it is done")
    private @Nullable String wait;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    String recorded() {
        return device + " " + type;
    }

    @Override
    void run(Call call) throws Exception {
        checkParams();
        CommandRouter router = call.services().require(CommandRouter.class);
        Optional<Duration> patience = Optional.ofNullable(wait).map(Periods::parse);
        var command = router.send(new DeviceId(device), type, params, call.user(), Periods.parse(expires));
        if (patience.isPresent()) {
            command = router.await(command.id(), patience.get());
        }
        String outcome = "command " + command.id() + " is " + command.state()
                + (command.result().isEmpty() ? "" : ": " + command.result());
        boolean failed = patience.isPresent() && command.state() != CommandState.SUCCEEDED;
        if (json) {
            call.out().println(CommandJson.of(command));
        } else if (!failed) {
            call.out().println(outcome);
        }
        if (failed) {
            throw new Refused(command.state().isFinal() ? outcome : outcome + ", not done within " + wait);
        }
    }

    private void checkParams() throws Refused {
        try {
            Json.readObject(params);
        } catch (JsonException e) {
            throw new Refused("the parameters are no JSON object, " + e.getMessage()
                    + " (write them in single quotes: '{\"tag\": \"setpoint\", \"value\": 40}')");
        }
    }
}
