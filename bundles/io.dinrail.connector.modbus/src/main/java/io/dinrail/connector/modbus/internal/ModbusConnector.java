package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One connection to a device or gateway; polls, since Modbus can't report. */
final class ModbusConnector implements Connector<ModbusPoint> {
    private final ModbusSettings settings;
    private final EventLoop loop;
    private final Clock clock;
    private final ReadPlan plan;
    // tags may be parsed on another thread than the one that reads
    private final Set<Integer> units = ConcurrentHashMap.newKeySet();
    private @Nullable Session session;

    ModbusConnector(ModbusSettings settings, EventLoop loop, Clock clock) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.plan = new ReadPlan(settings.maxRegisters(), settings.maxGap());
    }

    @Override
    public ModbusPoint point(TagSpec tag) {
        ModbusPoint point = ModbusPoint.of(tag, settings);
        units.add(point.address().unit());
        return point;
    }

    @Override
    public void open() throws ConnectorException {
        close();
        try {
            session = new Session(settings, Link.open(settings, loop.group()), plan, new Lanes(clock));
        } catch (IllegalStateException e) {
            throw new ConnectorException(Reason.LOST, settings.target() + " can't be connected: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Sample> read(List<ModbusPoint> points) throws ConnectorException {
        return session().read(points, units);
    }

    @Override
    public void write(ModbusPoint point, TagValue value) throws ConnectorException {
        session().write(point, value);
    }

    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }

    private Session session() throws ConnectorException {
        if (session == null) {
            throw new ConnectorException(Reason.LOST, settings.target() + " is not connected");
        }
        return session;
    }
}
