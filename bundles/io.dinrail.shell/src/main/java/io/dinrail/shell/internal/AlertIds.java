package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alerts;
import java.util.List;
import java.util.stream.Stream;

/** Completes alerts that are open. */
final class AlertIds extends Ids {
    AlertIds(Services services) {
        super(services);
    }

    @Override
    Stream<String> ids(Services services, List<String> words) {
        return services.find(Alerts.class).map(Alerts::list).orElse(List.of()).stream()
                .filter(alert -> alert.state() != Alert.State.CLEARED)
                .map(alert -> Long.toString(alert.id()));
    }
}
