package io.dinrail.shell.internal;

import io.dinrail.command.api.CommandRouter;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "command-show", description = "Shows one command and what came of it")
final class CommandShowCommand extends ShowQuery<io.dinrail.command.api.Command> {
    @Argument(name = "id", description = "The command", required = true)
    @Completion(CommandIds.class)
    private String id;

    @Override
    io.dinrail.command.api.Command find(Call call) throws Refused {
        return call.services()
                .require(CommandRouter.class)
                .find(id)
                .orElseThrow(() ->
                        new Refused("command '" + id + "' is unknown: dinrail:command-list shows the newest ones"));
    }

    @Override
    JsonObject object(io.dinrail.command.api.Command command) {
        return CommandJson.of(command);
    }
}
