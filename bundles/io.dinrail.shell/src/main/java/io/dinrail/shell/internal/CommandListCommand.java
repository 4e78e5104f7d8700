package io.dinrail.shell.internal;

import io.dinrail.command.api.CommandRouter;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "command-list", description = "Lists the newest commands, newest first")
final class CommandListCommand extends ListQuery<io.dinrail.command.api.Command> {
    @Override
    List<io.dinrail.command.api.Command> find(Call call) throws Refused {
        return call.services().require(CommandRouter.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("id", "device", "type", "params", "state", "result", "by", "created", "changed");
    }

    @Override
    List<?> row(io.dinrail.command.api.Command command) {
        return List.of(
                command.id(),
                command.device(),
                command.type(),
                command.params(),
                command.state(),
                Shown.cell(command.result()),
                command.by(),
                Shown.cell(command.createdAt()),
                Shown.cell(command.changedAt()));
    }

    @Override
    TagValue element(io.dinrail.command.api.Command command) {
        return CommandJson.of(command).toValue();
    }
}
