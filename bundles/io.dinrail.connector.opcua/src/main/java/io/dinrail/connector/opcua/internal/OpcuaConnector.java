package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection to an OPC UA server; subscribes unless told to poll. */
final class OpcuaConnector implements Connector<OpcuaPoint> {
    private final String name;
    private final OpcuaSettings settings;
    private final Platform platform;
    private final Failures failures;
    private @Nullable Session session;

    OpcuaConnector(String name, OpcuaSettings settings, Platform platform) {
        this.name = name;
        this.settings = settings;
        this.platform = platform;
        this.failures = new Failures(settings);
    }

    @Override
    public OpcuaPoint point(TagSpec tag) {
        return OpcuaPoint.of(tag);
    }

    @Override
    public void open() throws ConnectorException {
        close();
        session = new Session(new Dialling(name, settings, platform, failures).dial(), failures);
    }

    @Override
    public List<Sample> read(List<OpcuaPoint> points) throws ConnectorException {
        return session().read(points);
    }

    @Override
    public boolean subscribes() {
        return settings.subscribes();
    }

    @Override
    public void subscribe(List<Subscribed<OpcuaPoint>> points, SampleSink<OpcuaPoint> sink) throws ConnectorException {
        session().subscribe(points, sink, settings.publishingInterval().toMillis());
    }

    @Override
    public void probe() throws ConnectorException {
        session().probe();
    }

    @Override
    public void write(OpcuaPoint point, TagValue value) throws ConnectorException {
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
            throw failures.lost("is not connected");
        }
        return session;
    }
}
