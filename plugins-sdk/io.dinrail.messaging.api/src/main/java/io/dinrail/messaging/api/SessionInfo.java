package io.dinrail.messaging.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the broker remembers of one client, connected or not, as of a moment ago.
 *
 * @param clientId its MQTT client id; of a client outside the default organisation followed by {@code @} and that organisation's id.
 * @param username its login name.
 * @param connection where it is connected from; empty while it is away.
 * @param leftAt since when it is away, in UTC; empty while it is connected.
 * @param expiry how long its session stays when it is away; zero if it ends with the connection.
 * @param subscriptions its filters, shared ones with their {@code $share}, sorted.
 * @param waiting messages of QoS 1 and 2 that it has not acknowledged, those in flight included.
 * @param inFlight those of them that were sent on this connection.
 * @param traffic what it published and was sent since the broker started or its session began, whichever was later.
 */
public record SessionInfo(
        String clientId,
        String username,
        Optional<Session> connection,
        Optional<Instant> leftAt,
        Duration expiry,
        List<String> subscriptions,
        long waiting,
        int inFlight,
        Traffic traffic) {
    public SessionInfo {
        subscriptions = List.copyOf(subscriptions);
    }
}
