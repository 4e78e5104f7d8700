package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.event.api.Journal;
import io.dinrail.event.api.LossCounter;
import io.dinrail.messaging.api.MessageBroker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that was lost, refused or shed since the platform started, by cause: what, a dot, why. */
final class Losses {
    private Losses() {}

    static Map<String, Long> all(Services services) {
        Map<String, Long> sum = new TreeMap<>();
        services.all(LossCounter.class)
                .forEach(counter -> counter.losses().forEach((cause, n) -> sum.merge(cause, n, Long::sum)));
        services.find(MessageBroker.class)
                .ifPresent(broker ->
                        broker.status().losses().forEach((cause, n) -> sum.merge("broker." + cause, n, Long::sum)));
        services.find(Journal.class).map(Journal::status).ifPresent(journal -> {
            sum.merge("journal.refused", journal.refused(), Long::sum);
            journal.consumers().forEach(consumer -> sum.merge("journal.lost", consumer.lost(), Long::sum));
        });
        services.find(Connectors.class)
                .map(Connectors::list)
                .orElse(List.of())
                .forEach(connector ->
                        sum.merge("connector.lost", connector.counters().getOrDefault("lost", 0L), Long::sum));
        sum.values().removeIf(n -> n == 0);
        return sum;
    }
}
