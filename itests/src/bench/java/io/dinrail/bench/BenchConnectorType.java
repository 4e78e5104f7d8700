package io.dinrail.bench;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import java.nio.file.Path;

/** Makes the connectors of the benchmark: devices in memory, one of which may be a victim. */
final class BenchConnectorType implements ConnectorType {
    private final Jitter jitter;

    BenchConnectorType(Jitter jitter) {
        this.jitter = jitter;
    }

    @Override
    public Connector<?> create(String name, Settings settings) {
        return create(name, settings, ConnectorContext.none());
    }

    @Override
    public Connector<?> create(String name, Settings settings, ConnectorContext context) {
        if (settings.text("victim").isPresent()) {
            return new Victim(Path.of(settings.required("victim")));
        }
        return new BenchConnector(settings.whole("period.ms", 1_000, 1, 3_600_000), jitter, context.meter());
    }
}
