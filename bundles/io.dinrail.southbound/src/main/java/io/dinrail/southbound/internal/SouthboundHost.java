package io.dinrail.southbound.internal;

import io.dinrail.alert.api.AlertIntake;
import io.dinrail.command.api.CommandWaker;
import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.connector.api.TagImport;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.event.api.BusEvents;
import io.dinrail.event.api.LossCounter;
import io.dinrail.event.api.ReadingIntake;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.EventAdmin;

/** The host's face to the framework: takes connector types, their configurations and the bus in, and shows the connectors. */
@Component(
        service = {Connectors.class, LossCounter.class, ConfigurationListener.class, SouthboundHost.class},
        immediate = true)
public final class SouthboundHost implements Connectors, LossCounter, ConfigurationListener {
    private final BundleContext bundle;
    private final AtomicReference<@Nullable AlertIntake> alerts = new AtomicReference<>();
    private final AtomicReference<@Nullable ReadingIntake> intake = new AtomicReference<>();
    private final Host host;
    private final TypeBoard types;
    private final ConfigurationFeed configurations;

    @Activate
    public SouthboundHost(BundleContext bundle, @Reference EventAdmin events, @Reference ConfigurationAdmin admin) {
        this.bundle = bundle;
        this.host = new Host(new Host.Surroundings(
                etc(bundle),
                Timepiece.system(),
                () -> Optional.ofNullable(intake.get()),
                () -> Optional.ofNullable(alerts.get()),
                event -> events.sendEvent(BusEvents.wrap(event)),
                this::wake,
                new InstanceFolders(secrets(bundle))));
        this.types = new TypeBoard(host);
        this.configurations = new ConfigurationFeed(bundle, admin, host);
        configurations.begin();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addType(ConnectorType type, Map<String, Object> properties) {
        types.add(type, properties);
    }

    void removeType(ConnectorType type) {
        types.remove(type);
    }

    // dynamic: while the journal's bundle is exchanged, readings wait here
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setIntake(ReadingIntake came) {
        intake.set(came);
    }

    void unsetIntake(ReadingIntake went) {
        intake.compareAndSet(went, null);
    }

    // dynamic: while alerting is exchanged, or isn't there, alarms of devices wait here
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setAlerts(AlertIntake came) {
        alerts.set(came);
    }

    void unsetAlerts(AlertIntake went) {
        alerts.compareAndSet(went, null);
    }

    @Deactivate
    void deactivate() {
        host.close();
    }

    Host host() {
        return host;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        configurations.hear(event);
    }

    @Override
    public List<ConnectorStatus> list() {
        return host.list();
    }

    @Override
    public Optional<ConnectorStatus> find(String name) {
        return host.find(name);
    }

    @Override
    public void start(String name) {
        host.start(name);
    }

    @Override
    public void stop(String name) {
        host.stop(name);
    }

    @Override
    public CompletionStage<List<BrowseEntry>> browse(String name, String node) {
        return host.browse(name, node);
    }

    @Override
    public List<PeerCertificate> peers(String name) {
        return host.peers(name);
    }

    @Override
    public void trust(String name, String fingerprint) {
        host.trust(name, fingerprint);
    }

    @Override
    public TagImport compareTags(String name, String csv) {
        return host.compareTags(name, csv);
    }

    @Override
    public TagImport importTags(String name, String csv) {
        return host.importTags(name, csv);
    }

    @Override
    public String exportTags(String name) {
        return host.exportTags(name);
    }

    @Override
    public Map<String, Long> losses() {
        return host.losses();
    }

    /** Tells the router that commands to these tags' devices can go out; it needs us too, so it is looked up when it is wanted. */
    private void wake(Collection<TagSpec> tags) {
        ServiceReference<CommandWaker> reference = bundle.getServiceReference(CommandWaker.class);
        CommandWaker waker = reference == null ? null : bundle.getService(reference);
        if (waker != null) {
            tags.stream()
                    .filter(tag -> tag.access().writes())
                    .map(tag -> tag.id().device())
                    .distinct()
                    .forEach(waker::reachable);
            bundle.ungetService(reference);
        }
    }

    private static Optional<Path> secrets(BundleContext bundle) {
        return Optional.ofNullable(bundle.getProperty("dinrail.secrets"))
                .map(secrets -> Path.of(secrets, "connectors"));
    }

    private static Path etc(BundleContext bundle) {
        String etc = bundle.getProperty("karaf.etc");
        return Path.of(etc == null ? "etc" : etc);
    }
}
