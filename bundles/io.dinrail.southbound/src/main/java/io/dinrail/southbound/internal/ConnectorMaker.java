package io.dinrail.southbound.internal;

import io.dinrail.connector.api.ConnectorType;
import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import java.util.List;
import java.util.Set;

/** Makes connectors out of configurations, and refuses what it can't use by name. */
final class ConnectorMaker {
    /** A connector and what its configuration says to the host. */
    record Made(Session<?> session, HostSettings settings, CfgSource cfg, Set<String> columns) {}

    private final ConnectorType type;
    private final InstanceContext context;
    private final CallWatch watch;

    ConnectorMaker(ConnectorType type, InstanceContext context, CallWatch watch) {
        this.type = type;
        this.context = context;
        this.watch = watch;
    }

    /** @throws CfgRefused if a key is refused or unknown. */
    Made make(CfgSource cfg) throws CfgRefused {
        Settings settings = new Settings(cfg.values());
        watch.begin("create");
        try {
            HostSettings host = HostSettings.of(settings);
            Session<?> session = new Session<>(type.create(cfg.name(), settings, context), watch, context, host);
            List<String> unknown = settings.unasked().stream()
                    .map(key -> cfg.place(key) + ": the key is unknown")
                    .toList();
            if (!unknown.isEmpty()) {
                session.close();
                throw new CfgRefused(unknown);
            }
            return new Made(session, host, cfg, type.columns());
        } catch (SettingException e) {
            throw new CfgRefused(List.of(cfg.place(e.key()) + ": " + e.getMessage()));
        } finally {
            watch.end();
        }
    }
}
