package io.dinrail.southbound.line;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import java.time.Duration;

/** Makes connectors for the line protocol. */
public final class LineConnectorType implements ConnectorType {
    @Override
    public Connector<?> create(String name, Settings settings) {
        return create(name, settings, ConnectorContext.none());
    }

    @Override
    public Connector<?> create(String name, Settings settings, ConnectorContext context) {
        int port = settings.whole("port", 7, 1, 65_535);
        int timeout = (int) settings.period("timeout", Duration.ofSeconds(1)).toMillis();
        return new LineConnector(port, timeout, context);
    }
}
