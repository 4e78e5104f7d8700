package io.dinrail.shell.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.command.api.CommandState;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes commands for filler-1 and ends them as a test says. */
final class FakeRouter implements CommandRouter {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final List<Command> commands = new ArrayList<>();
    CommandState outcome = CommandState.SUCCEEDED;
    String result = "{\"verdict\":\"applied\",\"value\":40.0}";

    @Override
    public Command send(DeviceId device, String type, String params, String by, Duration expires)
            throws CommandException {
        if (!device.value().equals("filler-1")) {
            throw new CommandException(CommandException.Reason.UNKNOWN, "device '" + device + "' is unknown");
        }
        Command command = new Command(
                "id-" + commands.size(),
                device,
                type,
                params,
                CommandState.ACCEPTED,
                "",
                by,
                NOON,
                NOON.plus(expires),
                NOON);
        commands.add(0, command);
        return command;
    }

    @Override
    public List<Command> list() {
        return List.copyOf(commands);
    }

    @Override
    public Optional<Command> find(String id) {
        return commands.stream().filter(command -> command.id().equals(id)).findFirst();
    }

    @Override
    public Command await(String id, Duration longest) {
        Command sent = find(id).orElseThrow();
        return new Command(
                id,
                sent.device(),
                sent.type(),
                sent.params(),
                outcome,
                result,
                sent.by(),
                sent.createdAt(),
                sent.expiresAt(),
                NOON.plusSeconds(1));
    }

    @Override
    public int open() {
        return commands.size();
    }
}
