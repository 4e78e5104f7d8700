package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector types that are there, and a factory of configurations for every type that ever was; safe for use by many threads. */
final class TypeBoard {
    private static final Logger LOG = LoggerFactory.getLogger(TypeBoard.class);
    private static final String PID = "io.dinrail.connector.";
    private static final long CLOSE_SECONDS = 3;

    private final BundleContext bundle;
    private final Host host;
    private final Map<String, Deque<ConnectorType>> types = new HashMap<>();
    // kept while a type's bundle is away, so that its instances are still known then
    private final Map<String, ServiceRegistration<ManagedServiceFactory>> factories = new HashMap<>();

    TypeBoard(BundleContext bundle, Host host) {
        this.bundle = bundle;
        this.host = host;
    }

    synchronized void add(ConnectorType service, Map<String, Object> properties) {
        String type = String.valueOf(properties.get(ConnectorType.TYPE));
        if (!type.matches("[a-z0-9][a-z0-9-]*")) {
            LOG.error(
                    "{} is ignored: its property {} is '{}', not a word such as modbus",
                    service,
                    ConnectorType.TYPE,
                    type);
            return;
        }
        Deque<ConnectorType> same = types.computeIfAbsent(type, key -> new ArrayDeque<>());
        same.addLast(service);
        if (same.size() > 1) {
            LOG.warn("the connector type {} is there more than once: the first one serves", type);
            return;
        }
        host.typeCame(type, service);
        factories.computeIfAbsent(type, this::register);
    }

    /** Returns when no instance uses the service any more, as far as that is a matter of seconds: its classes are gone soon. */
    void remove(ConnectorType service) {
        forget(service).ifPresent(type -> await(type, service));
    }

    synchronized void close() {
        factories.values().forEach(ServiceRegistration::unregister);
        factories.clear();
    }

    private synchronized Optional<String> forget(ConnectorType service) {
        for (Map.Entry<String, Deque<ConnectorType>> entry : types.entrySet()) {
            boolean first = entry.getValue().peekFirst() == service;
            if (entry.getValue().remove(service)) {
                return first ? Optional.of(entry.getKey()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void await(String type, ConnectorType service) {
        try {
            host.typeWent(type, service).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not every {} connector could be closed before its bundle went", type);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        next(type);
    }

    private synchronized void next(String type) {
        ConnectorType next = types.getOrDefault(type, new ArrayDeque<>()).peekFirst();
        if (next != null) {
            host.typeCame(type, next);
        }
    }

    private ServiceRegistration<ManagedServiceFactory> register(String type) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, PID + type);
        return bundle.registerService(ManagedServiceFactory.class, new Configurations(type), properties);
    }

    /** Hands every configuration of one type over to the host. */
    private final class Configurations implements ManagedServiceFactory {
        private final String type;

        Configurations(String type) {
            this.type = type;
        }

        @Override
        public String getName() {
            return "instances of the " + type + " connector";
        }

        @Override
        public void updated(String pid, Dictionary<String, ?> properties) {
            host.configured(type, CfgSource.of(pid, properties));
        }

        @Override
        public void deleted(String pid) {
            host.unconfigured(pid);
        }
    }
}
