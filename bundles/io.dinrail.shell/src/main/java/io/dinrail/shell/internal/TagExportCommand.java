package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.identity.api.Role;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(
        scope = "dinrail",
        name = "tag-export",
        description = "Prints the tags of a connector as a CSV file that tag-import takes")
final class TagExportCommand extends PlatformCommand {
    @Argument(name = "connector", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String connector;

    @Override
    void run(Call call) throws Exception {
        call.out().print(call.services().require(Connectors.class).exportTags(connector));
    }
}
