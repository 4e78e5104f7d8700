package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.Connectors;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.identity.api.ApiKeys;
import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Identity;
import io.dinrail.identity.api.MasterKeys;
import io.dinrail.identity.api.Organisations;
import io.dinrail.identity.api.People;
import io.dinrail.identity.api.RuleSets;
import io.dinrail.identity.api.ServerKeys;
import io.dinrail.identity.api.Tokens;
import io.dinrail.messaging.api.MessageBroker;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Looks services up at the moment of use, because their bundles are swapped while the platform runs. None is given back: the framework does that when
 * either bundle stops, and giving back would deactivate a delayed component between two commands.
 */
final class Services {
    private record Capability(String name, String feature) {}

    private static final Capability IDENTITY = new Capability("identity", "dinrail-identity");
    private static final Map<Class<?>, Capability> PROVIDERS = Map.ofEntries(
            Map.entry(MessageBroker.class, new Capability("the broker", "dinrail-broker")),
            Map.entry(DeviceRegister.class, new Capability("the device register", "dinrail-devices")),
            Map.entry(Connectors.class, new Capability("southbound", "dinrail-southbound")),
            Map.entry(ConnectedTags.class, new Capability("southbound", "dinrail-southbound")),
            Map.entry(Journal.class, new Capability("the bus", "dinrail-bus")),
            Map.entry(LiveReadings.class, new Capability("the bus", "dinrail-bus")),
            Map.entry(RuleBook.class, new Capability("alerting", "dinrail-alerting")),
            Map.entry(Alerts.class, new Capability("alerting", "dinrail-alerting")),
            Map.entry(CommandRouter.class, new Capability("command routing", "dinrail-commands")),
            Map.entry(Credentials.class, IDENTITY),
            Map.entry(RuleSets.class, IDENTITY),
            Map.entry(Identity.class, IDENTITY),
            Map.entry(ApiKeys.class, IDENTITY),
            Map.entry(Tokens.class, IDENTITY),
            Map.entry(Enrolment.class, IDENTITY),
            Map.entry(Organisations.class, IDENTITY),
            Map.entry(People.class, IDENTITY),
            Map.entry(ClientCertificates.class, IDENTITY),
            Map.entry(ServerKeys.class, IDENTITY),
            Map.entry(Audit.class, IDENTITY),
            Map.entry(MasterKeys.class, IDENTITY));

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    <T> T require(Class<T> type) throws Refused {
        Optional<T> service = find(type);
        if (service.isPresent()) {
            return service.get();
        }
        Capability missing = PROVIDERS.getOrDefault(type, new Capability(type.getSimpleName(), "dinrail"));
        throw new Refused(missing.name() + " is not installed: feature:install " + missing.feature()
                + " (if it is, log:display tells why it doesn't run)");
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(context.getServiceReference(type)).flatMap(this::get);
    }

    <T> List<T> all(Class<T> type) {
        return references(type).stream()
                .sorted()
                .flatMap(reference -> get(reference).stream())
                .toList();
    }

    /** Registers a service until the caller is done with it. */
    <T> ServiceRegistration<T> register(Class<T> type, T service, Map<String, Object> properties) {
        return context.registerService(type, service, new Hashtable<>(properties));
    }

    Optional<String> property(String name) {
        return Optional.ofNullable(context.getProperty(name));
    }

    /** The platform's version, which all of its bundles have. */
    String version() {
        return context.getBundle().getVersion().toString();
    }

    private <T> Collection<ServiceReference<T>> references(Class<T> type) {
        try {
            return context.getServiceReferences(type, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // no filter, so none that could be wrong
        }
    }

    private <T> Optional<T> get(ServiceReference<T> reference) {
        return Stream.ofNullable(context.getService(reference)).findFirst();
    }
}
