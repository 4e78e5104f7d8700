package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.connector.modbus.internal.wire.Wire;
import io.dinrail.model.api.TagValue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One connection to a device or gateway, with a lane for each unit behind it; polls, since Modbus can't report. */
final class ModbusConnector implements Connector<ModbusPoint> {
    private final ModbusSettings settings;
    private final ConnectorContext context;
    private final IdleWatch idle;
    private final Wire wire;
    private final ReadPlan plan;
    private final Lessons lessons;
    private final Session session;
    // tags may be parsed on another thread than the one that reads
    private final Set<Integer> units = ConcurrentHashMap.newKeySet();
    private Runnable watch = () -> {};

    ModbusConnector(String name, ModbusSettings settings, ConnectorContext context, IdleWatch idle, Clock clock) {
        MeterCounting counting = new MeterCounting(context.meter());
        this.settings = settings;
        this.context = context;
        this.idle = idle;
        this.wire = settings.endpoint().wire(settings.pace(), counting);
        this.lessons = new Lessons(name, context.folder());
        this.plan = new ReadPlan(settings.maxRegisters(), settings.maxGap(), lessons, clock);
        UnitTalk talk = new UnitTalk(
                settings.endpoint().target(),
                settings.inFlight(),
                wire,
                plan,
                lessons,
                new Patience(settings.timeout(), settings.retries()),
                counting);
        this.session = new Session(talk, settings.timeout());
    }

    @Override
    public ModbusPoint point(TagSpec tag) {
        ModbusPoint point = ModbusPoint.of(tag, settings);
        units.add(point.address().unit());
        return point;
    }

    @Override
    public Object lane(ModbusPoint point) {
        return Unit.of(point.address().unit());
    }

    @Override
    public Duration laneTimeout() {
        return isShared() ? settings.timeout() : Duration.ZERO;
    }

    private boolean isShared() {
        return units.size() > 1;
    }

    @Override
    public void open() throws ConnectorException {
        close();
        session.open();
        plan.reconnected();
        watch = idle.watch(wire, settings.pace().idleClose());
    }

    @Override
    public List<Sample> read(List<ModbusPoint> points) throws ConnectorException {
        return session.read(points, isShared() ? Optional.of(context.patience()) : Optional.empty());
    }

    @Override
    public void write(ModbusPoint point, TagValue value) throws ConnectorException {
        session.write(point, value);
    }

    @Override
    public Map<String, String> facts() {
        return Map.of(
                "target", settings.endpoint().target(),
                "lessons", String.valueOf(lessons.size()),
                "illegalTags", String.valueOf(plan.illegalPoints()));
    }

    @Override
    public void close() {
        watch.run();
        wire.close();
    }
}
