package io.dinrail.southbound.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the connectors' configurations to the host. It listens rather than being a managed service factory: Karaf's file installer knows factories
 * by a hyphen only, so that {@code io.dinrail.connector.modbus~filler.cfg} arrives as a configuration by itself.
 */
final class ConfigurationFeed {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFeed.class);

    private final BundleContext bundle;
    private final ConfigurationAdmin admin;
    private final Host host;

    ConfigurationFeed(BundleContext bundle, ConfigurationAdmin admin, Host host) {
        this.bundle = bundle;
        this.admin = admin;
        this.host = host;
    }

    /** Hands over what is configured already. */
    void begin() {
        host.run(() -> found("(service.pid=" + CfgSource.PREFIX + "*)").forEach(this::hand));
    }

    void hear(ConfigurationEvent event) {
        String pid = event.getPid();
        if (pid.startsWith(CfgSource.PREFIX)) {
            host.run(() -> look(pid));
        }
    }

    /** Takes what is true now, whatever the event said: others may have followed it. */
    private void look(String pid) {
        List<Configuration> now = found("(service.pid=" + escaped(pid) + ")");
        if (now.isEmpty()) {
            host.remove(pid);
        } else {
            now.forEach(this::hand);
        }
    }

    private void hand(Configuration configuration) {
        Dictionary<String, Object> values = values(configuration);
        if (values != null) {
            CfgSource.type(configuration.getPid(), configuration.getFactoryPid())
                    .ifPresent(type -> host.configure(type, CfgSource.of(configuration.getPid(), values)));
        }
    }

    /** With references such as {@code $[secret:plc]} resolved by Karaf's plugin. */
    private @Nullable Dictionary<String, Object> values(Configuration configuration) {
        ServiceReference<SouthboundHost> self = bundle.getServiceReference(SouthboundHost.class);
        return self == null ? configuration.getProperties() : configuration.getProcessedProperties(self);
    }

    private List<Configuration> found(String filter) {
        try {
            Configuration[] configurations = admin.listConfigurations(filter);
            return configurations == null ? List.of() : Arrays.asList(configurations);
        } catch (IOException | InvalidSyntaxException e) {
            LOG.error("the configurations {} can't be read", filter, e);
            return List.of();
        }
    }

    private static String escaped(String pid) {
        return pid.replaceAll("([\\\\*()])", "\\\\$1");
    }
}
