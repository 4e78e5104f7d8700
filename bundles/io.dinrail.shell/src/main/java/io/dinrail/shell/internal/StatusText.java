package io.dinrail.shell.internal;

import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.event.api.Journal;
import io.dinrail.messaging.api.BrokerStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status for people: a line a part. */
final class StatusText {
    private static final String ABSENT = "not installed";

    private StatusText() {}

    static List<String> of(PlatformStatus status) {
        return List.of(
                "broker      " + status.broker().map(StatusText::broker).orElse(ABSENT),
                "connectors  " + status.connectors().map(StatusText::connectors).orElse(ABSENT),
                "journal     " + status.journal().map(StatusText::journal).orElse(ABSENT),
                "losses      " + losses(status.losses()),
                "alerts      " + status.alerts().map(n -> n + " open").orElse(ABSENT),
                "commands    " + status.commands().map(n -> n + " open").orElse(ABSENT),
                "identity    " + status.identity().map(IdentityStatus::toString).orElse(ABSENT),
                "disk        " + status.disk(),
                "versions    "
                        + joined(
                                ", ", status.versions().entrySet().stream().map(v -> v.getKey() + " " + v.getValue())));
    }

    private static String broker(BrokerStatus broker) {
        return broker.engine() + ", " + broker.connections() + " clients, " + broker.received() + " messages received, "
                + broker.sent() + " sent, listening: " + String.join(", ", broker.listeners());
    }

    private static String connectors(List<ConnectorStatus> connectors) {
        Map<String, Long> states = connectors.stream()
                .collect(Collectors.groupingBy(status -> status.state().name(), TreeMap::new, Collectors.counting()));
        String counted = joined(", ", states.entrySet().stream().map(state -> state.getValue() + " " + state.getKey()));
        String each = joined("; ", connectors.stream().map(StatusText::connector));
        return connectors.isEmpty() ? "none" : counted + ": " + each;
    }

    private static String connector(ConnectorStatus status) {
        String name = status.name() + " " + status.good() + "/" + status.tags() + " tags good";
        return status.reason().isEmpty() ? name : name + " (" + status.reason() + ")";
    }

    private static String journal(Journal.Status journal) {
        return journal.recorded() + " recorded, " + journal.held() + " of " + journal.capacity() + " held; "
                + joined("; ", journal.consumers().stream().map(StatusText::consumer));
    }

    private static String consumer(Journal.ConsumerStatus consumer) {
        return consumer.name() + (consumer.present() ? "" : " (away)") + " lag " + consumer.lag() + " lost "
                + consumer.lost();
    }

    private static String losses(Map<String, Long> losses) {
        return losses.isEmpty()
                ? "none"
                : joined(", ", losses.entrySet().stream().map(loss -> loss.getValue() + " " + loss.getKey()));
    }

    private static String joined(String separator, Stream<String> parts) {
        return parts.collect(Collectors.joining(separator));
    }
}
