package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes OPC UA connectors and keeps the threads that they share. */
@Component(property = ConnectorType.TYPE + "=opcua")
public final class OpcuaConnectorType implements ConnectorType {
    private final ClientThreads threads = new ClientThreads();

    @Activate
    public OpcuaConnectorType() {}

    @Override
    public Connector<?> create(String name, Settings settings) {
        return new OpcuaConnector(name, OpcuaSettings.of(settings), threads);
    }

    @Deactivate
    void stop() {
        threads.close();
    }
}
