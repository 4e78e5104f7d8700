package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.opcua.internal.OpcuaPoint.Kind;
import io.dinrail.connector.opcua.internal.OpcuaPoint.Way;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.jspecify.annotations.Nullable;

/** One connection to an OPC UA server, opened again and again by its host; subscribes unless told to poll. */
final class OpcuaConnector implements Connector<OpcuaPoint> {
    private final Setup setup;
    private final OpcuaSettings settings;
    private final Failures failures;
    private final Recovery recovery = new Recovery();
    private final Reporting reporting;
    private @Nullable Session session;
    private @Nullable Nodes nodes;
    private Optional<Remnant> remnant = Optional.empty();
    private volatile @Nullable OwnCertificate used;
    private volatile boolean subscribedByTag;

    OpcuaConnector(Setup setup) {
        this.setup = setup;
        this.settings = setup.settings();
        this.failures = new Failures(settings);
        this.reporting = new Reporting(setup, failures, recovery);
    }

    @Override
    public OpcuaPoint point(TagSpec tag) {
        OpcuaPoint point = OpcuaPoint.of(tag);
        subscribedByTag |= point.kind() == Kind.ALARMS || point.way().equals(Optional.of(Way.SUBSCRIBE));
        return point;
    }

    @Override
    public void open() throws ConnectorException {
        close();
        Dialling dialling = new Dialling(setup, failures);
        Line line;
        try {
            line = dialling.dial(remnant);
        } catch (ConnectorException e) {
            if (dialling.hasTriedInVain()) {
                remnant = Optional.empty();
            }
            throw e;
        }
        remnant = Optional.empty();
        used = line.own().orElse(null);
        Session opened = new Session(line, setup, failures, reporting::lost);
        session = opened;
        nodes = new Nodes(opened);
    }

    @Override
    public List<Sample> read(List<OpcuaPoint> points) throws ConnectorException {
        Session active = session();
        Sample[] samples = new Sample[points.size()];
        List<Integer> known = new ArrayList<>();
        List<NodeId> wanted = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            Optional<NodeId> node = active.resolve(points.get(i));
            if (node.isPresent()) {
                known.add(i);
                wanted.add(node.get());
            } else {
                samples[i] = Sample.bad(Quality.CONFIG_ERROR);
            }
        }
        DataValue[] values = active.read(wanted);
        for (int i = 0; i < values.length; i++) {
            samples[known.get(i)] = active.decoder().sample(values[i]);
        }
        return List.of(samples);
    }

    @Override
    public boolean subscribes() {
        return settings.subscribes() || subscribedByTag;
    }

    @Override
    public boolean subscribes(OpcuaPoint point) {
        return point.kind() == Kind.ALARMS
                || point.way().map(Way.SUBSCRIBE::equals).orElse(settings.subscribes());
    }

    @Override
    public void subscribe(List<Subscribed<OpcuaPoint>> points, SampleSink<OpcuaPoint> sink) throws ConnectorException {
        Session active = session();
        reporting.start(active, points, sink);
        active.check();
    }

    @Override
    public void probe() throws ConnectorException {
        Session active = session();
        long overdue = reporting.overdue(System.nanoTime());
        if (overdue > settings.timeout().toNanos()) {
            throw active.broken("the subscription has fallen silent");
        }
        active.probe();
    }

    @Override
    public void write(OpcuaPoint point, TagValue value) throws ConnectorException {
        nodes().write(point, value);
    }

    @Override
    public List<TagValue> call(OpcuaPoint point, List<TagValue> arguments) throws ConnectorException {
        return nodes().call(point, arguments);
    }

    @Override
    public void acknowledge(OpcuaPoint point, String condition, String note) throws ConnectorException {
        Session active = session();
        CallMethodRequest request = reporting
                .alarms()
                .acknowledgement(condition, note)
                .orElseThrow(() -> active.refused("the condition " + condition + " is not known"));
        active.call(request);
    }

    @Override
    public List<BrowseEntry> browse(String node) throws ConnectorException {
        return new Browsing(session()).browse(node);
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("security", settings.security().toString());
        facts.put("login", settings.login().toString());
        recovery.describe(facts);
        OwnCertificate own = used;
        if (own != null) {
            facts.put("applicationUri", own.applicationUri());
            facts.put("certificate", Fingerprint.of(own.certificate()));
            facts.put("certificateExpires", own.ends().toString());
        }
        return facts;
    }

    @Override
    public List<PeerCertificate> peers() {
        try {
            return setup.trust().peers();
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of " + failures.endpoint() + " can't be read", e);
        }
    }

    @Override
    public void trust(String fingerprint) {
        try {
            if (setup.trust().accept(fingerprint).isEmpty()) {
                throw new IllegalArgumentException("no certificate with the SHA-256 " + fingerprint + " waits");
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the certificate can't be kept: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Session open = session;
        session = null;
        nodes = null;
        if (open != null) {
            reporting.pause();
            remnant = open.remnant();
            open.close();
        }
    }

    private Session session() throws ConnectorException {
        Session active = session;
        if (active == null) {
            throw failures.lost("is not connected");
        }
        active.check();
        return active;
    }

    private Nodes nodes() throws ConnectorException {
        session();
        Nodes active = nodes;
        if (active == null) {
            throw failures.lost("is not connected");
        }
        return active;
    }
}
