package io.dinrail.shell.internal;

import io.dinrail.event.api.LossCounter;
import io.dinrail.messaging.api.MessageBroker;
import java.util.Map;
import java.util.TreeMap;

/** Everything that was lost, refused or shed since its component started, by cause: what, a dot, why. */
final class Losses {
    private Losses() {}

    /** The journal and the connectors count through the same service as all others; adding what their statuses say would count twice. */
    static Map<String, Long> all(Services services) {
        Map<String, Long> sum = new TreeMap<>();
        services.all(LossCounter.class)
                .forEach(counter -> counter.losses().forEach((cause, n) -> sum.merge(cause, n, Long::sum)));
        services.find(MessageBroker.class)
                .ifPresent(broker ->
                        broker.status().losses().forEach((cause, n) -> sum.merge("broker." + cause, n, Long::sum)));
        sum.values().removeIf(n -> n == 0);
        return sum;
    }
}
