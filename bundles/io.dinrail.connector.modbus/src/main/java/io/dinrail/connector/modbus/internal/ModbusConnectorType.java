package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Settings;
import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes Modbus connectors and keeps the event loop that they share. */
@Component(property = ConnectorType.TYPE + "=modbus")
public final class ModbusConnectorType implements ConnectorType {
    private final EventLoop loop = new EventLoop();

    @Activate
    public ModbusConnectorType() {}

    @Override
    public Connector<?> create(String name, Settings settings) {
        return new ModbusConnector(ModbusSettings.of(settings), loop, Clock.systemUTC());
    }

    @Override
    public Set<String> columns() {
        return Set.of(ModbusPoint.ORDER, ModbusPoint.LENGTH);
    }

    @Deactivate
    void stop() {
        loop.close();
    }
}
