package io.dinrail.messaging.api;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/** The broker; safe for use by many threads. Registered as a service only while it is serving. */
@ProviderType
public interface MessageBroker {
    /**
     * Publishes for the platform itself, past the access rules, on a topic without wildcards. Does not wait for subscribers.
     *
     * @param message what to publish.
     * @return how many sessions it was routed to, connected or kept.
     * @throws IllegalStateException if the broker can't take it now: it is stopping or its queue is full. Nothing was published; try again later.
     */
    int publish(Message message);

    /** @return the sessions that are connected, by client id. */
    List<Session> sessions();

    /**
     * Lists what is remembered of clients, also of those that are away, where the engine can tell.
     *
     * @return the sessions, by client id.
     */
    default List<SessionInfo> sessionInfos() {
        return sessions().stream()
                .map(session -> new SessionInfo(
                        session.clientId(),
                        session.username(),
                        Optional.of(session),
                        Optional.empty(),
                        Duration.ZERO,
                        List.of(),
                        0,
                        0,
                        Traffic.NONE))
                .toList();
    }

    /**
     * Tells what went through since the broker started, by the first level of its topic, where the engine can tell.
     *
     * @return the traffic by first levels, sorted; of an organisation outside the default one followed by {@code @} and its id. The first that come have a count of their own, a bounded number of them; the rest is under {@code +}.
     */
    default SortedMap<String, Traffic> trafficByTopic() {
        return Collections.emptySortedMap();
    }

    /**
     * Disconnects a client; it may come back if its credential allows.
     *
     * @param clientId which.
     * @return whether it was connected.
     */
    boolean kick(String clientId);

    /** @return the counters and listeners now. */
    BrokerStatus status();
}
