package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.ENGINEER)
@Command(scope = "dinrail", name = "connector-stop", description = "Stops a connector until it is started again")
final class ConnectorStopCommand extends PlatformCommand {
    @Argument(name = "name", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String name;

    @Override
    String recorded() {
        return name;
    }

    @Override
    void run(Call call) throws Exception {
        call.services().require(Connectors.class).stop(name);
        call.out().println("stopped connector " + name);
    }
}
