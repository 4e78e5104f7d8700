package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "connector-start",
        description = "Starts a connector that is stopped, failed or quarantined")
final class ConnectorStartCommand extends PlatformCommand {
    @Argument(name = "name", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String name;

    @Override
    String recorded() {
        return name;
    }

    @Override
    void run(Call call) throws Exception {
        call.services().require(Connectors.class).start(name);
        call.out().println("started connector " + name);
    }
}
