package io.dinrail.broker.internal.transport;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Listening;
import io.dinrail.broker.front.Settings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the network is told.
 *
 * @param listeners where to listen.
 * @param proxies who may connect to listeners for proxies.
 * @param bounds of connections, packets and what is pending.
 */
public record TransportSettings(List<Listener> listeners, AddressRanges proxies, Bounds bounds) {
    /** Copies the list. */
    public TransportSettings {
        listeners = List.copyOf(listeners);
    }

    /**
     * Takes what concerns the network.
     *
     * @param settings of the broker.
     * @return the settings.
     */
    public static TransportSettings of(Settings settings) {
        Listening where = settings.listening();
        List<Listener> listeners = Stream.of(
                        listener(where, "mqtt", where.plain(), "DINRAIL_MQTT_PORT"),
                        listener(where, "mqtts", where.tls(), "DINRAIL_MQTTS_PORT"),
                        listener(where, "ws", where.webSocket(), "ws.port in io.dinrail.broker.cfg"),
                        listener(where, "wss", where.webSocketTls(), "wss.port in io.dinrail.broker.cfg"))
                .flatMap(Optional::stream)
                .toList();
        return new TransportSettings(listeners, where.proxies(), settings.bounds());
    }

    private static Optional<Listener> listener(
            Listening where, String name, Optional<InetSocketAddress> address, String variable) {
        boolean tls = name.equals("mqtts") || name.equals("wss");
        boolean proxied = where.proxied().contains(name);
        return address.map(at -> new Listener(name, at, tls, name.startsWith("ws"), proxied, variable));
    }
}
