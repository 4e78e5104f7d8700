package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.Connectors;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.identity.api.Credentials;
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

    private static final Map<Class<?>, Capability> PROVIDERS = Map.of(
            MessageBroker.class, new Capability("the broker", "dinrail-broker"),
            Credentials.class, new Capability("identity", "dinrail-identity"),
            DeviceRegister.class, new Capability("the device register", "dinrail-devices"),
            Connectors.class, new Capability("southbound", "dinrail-southbound"),
            ConnectedTags.class, new Capability("southbound", "dinrail-southbound"),
            Journal.class, new Capability("the bus", "dinrail-bus"),
            LiveReadings.class, new Capability("the bus", "dinrail-bus"),
            RuleBook.class, new Capability("alerting", "dinrail-alerting"),
            Alerts.class, new Capability("alerting", "dinrail-alerting"),
            CommandRouter.class, new Capability("command routing", "dinrail-commands"));

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
