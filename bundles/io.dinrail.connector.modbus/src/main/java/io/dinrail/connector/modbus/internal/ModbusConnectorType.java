package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes Modbus connectors and keeps what they share. */
@Component(property = ConnectorType.TYPE + "=modbus")
public final class ModbusConnectorType implements ConnectorType {
    private final IdleWatch idle = new IdleWatch();

    @Activate
    public ModbusConnectorType() {}

    @Override
    public Connector<?> create(String name, Settings settings) {
        return create(name, settings, ConnectorContext.none());
    }

    @Override
    public Connector<?> create(String name, Settings settings, ConnectorContext context) {
        return new ModbusConnector(name, ModbusSettings.of(settings), context, idle, Clock.systemUTC());
    }

    @Override
    public Set<String> columns() {
        return Set.of(ModbusPoint.ORDER, ModbusPoint.LENGTH);
    }

    @Deactivate
    void stop() {
        idle.close();
    }
}
