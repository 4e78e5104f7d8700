package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Connectors;
import java.util.List;
import java.util.stream.Stream;

/** Completes connectors. */
final class ConnectorNames extends Ids {
    ConnectorNames(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Connectors.class).map(Connectors::list).orElse(List.of()).stream()
                .map(ConnectorStatus::name);
    }
}
