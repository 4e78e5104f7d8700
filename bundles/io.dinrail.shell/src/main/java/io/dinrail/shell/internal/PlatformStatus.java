package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alerts;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Connectors;
import io.dinrail.event.api.Journal;
import io.dinrail.messaging.api.BrokerStatus;
import io.dinrail.messaging.api.MessageBroker;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The platform at a glance; what isn't installed is empty.
 *
 * @param versions by name: dinrail, karaf, java.
 */
record PlatformStatus(
        Optional<BrokerStatus> broker,
        Optional<List<ConnectorStatus>> connectors,
        Optional<Journal.Status> journal,
        Map<String, Long> losses,
        Optional<Integer> alerts,
        Optional<Integer> commands,
        Optional<IdentityStatus> identity,
        Disk disk,
        Map<String, String> versions) {
    static PlatformStatus of(Services services, Disk disk, Map<String, String> versions) {
        return new PlatformStatus(
                services.find(MessageBroker.class).map(MessageBroker::status),
                services.find(Connectors.class).map(Connectors::list),
                services.find(Journal.class).map(Journal::status),
                Losses.all(services),
                services.find(Alerts.class).map(Alerts::open),
                services.find(CommandRouter.class).map(CommandRouter::open),
                IdentityStatus.of(services),
                disk,
                versions);
    }
}
