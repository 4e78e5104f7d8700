package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Connectors;
import io.dinrail.identity.api.Role;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;

@Needs(Role.VIEWER)
@Command(scope = "dinrail", name = "connector-list", description = "Lists the connectors and their states")
final class ConnectorListCommand extends ListQuery<ConnectorStatus> {
    @Override
    List<ConnectorStatus> find(Call call) throws Refused {
        return call.services().require(Connectors.class).list();
    }

    @Override
    List<String> columns() {
        return List.of("name", "type", "state", "since", "tags", "good", "bad", "stale", "reason");
    }

    @Override
    List<?> row(ConnectorStatus status) {
        return List.of(
                status.name(),
                status.type(),
                status.state(),
                Shown.cell(status.since()),
                status.tags(),
                status.good(),
                status.bad(),
                status.stale(),
                Shown.cell(status.reason()));
    }

    @Override
    TagValue element(ConnectorStatus status) {
        return ConnectorJson.of(status).toValue();
    }
}
