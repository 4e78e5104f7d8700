package io.dinrail.messaging.api;

import java.util.List;
import java.util.Map;

/**
 * What the broker shows of itself.
 *
 * @param engine such as {@code Moquette 0.18.3}.
 * @param listeners what it listens on, such as {@code mqtt 127.0.0.1:1883}.
 * @param connections clients connected now.
 * @param received messages taken from clients since it started.
 * @param sent messages published by the platform since it started.
 * @param losses messages lost or refused since it started, counted by cause; causes that did not happen are absent.
 */
public record BrokerStatus(
        String engine, List<String> listeners, int connections, long received, long sent, Map<String, Long> losses) {
    public BrokerStatus {
        listeners = List.copyOf(listeners);
        losses = Map.copyOf(losses);
    }
}
