package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection to an OPC UA server; subscribes unless told to poll. */
final class OpcuaConnector implements Connector<OpcuaPoint> {
    private final Setup setup;
    private final OpcuaSettings settings;
    private final Failures failures;
    private @Nullable Session session;
    private volatile @Nullable OwnCertificate used;

    OpcuaConnector(Setup setup) {
        this.setup = setup;
        this.settings = setup.settings();
        this.failures = new Failures(settings);
    }

    @Override
    public OpcuaPoint point(TagSpec tag) {
        return OpcuaPoint.of(tag);
    }

    @Override
    public void open() throws ConnectorException {
        close();
        Line line = new Dialling(setup, failures).dial();
        used = line.own().orElse(null);
        session = new Session(line, setup, failures);
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
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("security", settings.security().toString());
        facts.put("login", settings.login().toString());
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
