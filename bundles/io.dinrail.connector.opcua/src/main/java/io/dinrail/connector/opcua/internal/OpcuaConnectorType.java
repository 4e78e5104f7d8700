package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import java.time.Clock;
import java.util.Set;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes OPC UA connectors and keeps the threads that they share. */
@Component(property = ConnectorType.TYPE + "=opcua")
public final class OpcuaConnectorType implements ConnectorType {
    private final Platform platform;

    @Activate
    public OpcuaConnectorType() {
        platform = Platform.of(SecretFolder.of(FrameworkUtil.getBundle(OpcuaConnectorType.class)), Clock.systemUTC());
    }

    @Override
    public Connector<?> create(String name, Settings settings) {
        return create(name, settings, ConnectorContext.none());
    }

    @Override
    public Connector<?> create(String name, Settings settings, ConnectorContext context) {
        return new OpcuaConnector(Setup.of(name, OpcuaSettings.of(settings), platform, context));
    }

    @Override
    public Set<String> columns() {
        return OpcuaPoint.COLUMNS;
    }

    @Deactivate
    void stop() {
        platform.close();
    }
}
