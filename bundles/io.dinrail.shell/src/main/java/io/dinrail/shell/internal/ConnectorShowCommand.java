package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Connectors;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.JsonObject;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "connector-show", description = "Shows one connector with its counters and problems")
final class ConnectorShowCommand extends ShowQuery<ConnectorStatus> {
    @Argument(name = "name", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String name;

    @Override
    ConnectorStatus find(Call call) throws Refused {
        return call.services()
                .require(Connectors.class)
                .find(name)
                .orElseThrow(() -> new Refused(
                        "connector '" + name + "' is not configured: dinrail:connector-list shows those that are"));
    }

    @Override
    JsonObject object(ConnectorStatus status) {
        return ConnectorJson.of(status);
    }
}
