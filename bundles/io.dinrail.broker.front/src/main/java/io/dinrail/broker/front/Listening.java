package io.dinrail.broker.front;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where the broker listens; port 0 takes any.
 *
 * @param plain MQTT without TLS; empty for nowhere.
 * @param tls MQTT with TLS; empty for nowhere.
 * @param webSocket MQTT over WebSocket without TLS; empty for nowhere.
 * @param webSocketTls MQTT over WebSocket with TLS; empty for nowhere.
 * @param proxied the names of the listeners, {@code mqtt}, {@code mqtts}, {@code ws} and {@code wss}, that only proxies connect to.
 * @param proxies the addresses of those proxies.
 */
public record Listening(
        Optional<InetSocketAddress> plain,
        Optional<InetSocketAddress> tls,
        Optional<InetSocketAddress> webSocket,
        Optional<InetSocketAddress> webSocketTls,
        Set<String> proxied,
        AddressRanges proxies) {
    private static final Set<String> NAMES = Set.of("mqtt", "mqtts", "ws", "wss");
    private static final String ALL_ADDRESSES = "0.0.0.0";

    /** Refuses what isn't a listener. */
    public Listening {
        proxied = Set.copyOf(proxied);
        for (String name : proxied) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("proxy.protocol: mqtt, mqtts, ws and wss, not '" + name + "'");
            }
        }
    }

    /**
     * Listens for MQTT itself only, and directly.
     *
     * @param plain without TLS.
     * @param tls with TLS.
     */
    public Listening(Optional<InetSocketAddress> plain, Optional<InetSocketAddress> tls) {
        this(plain, tls, Optional.empty(), Optional.empty(), Set.of(), AddressRanges.NONE);
    }

    static Listening of(BrokerConfig config, UnaryOperator<String> property) {
        String bind = Settings.text("dinrail.bind", "127.0.0.1", property);
        return new Listening(
                address(bind, port("mqtt.port", config.mqtt_port(), "dinrail.mqtt.port", property)),
                address(ALL_ADDRESSES, port("mqtts.port", config.mqtts_port(), "dinrail.mqtts.port", property)),
                address(bind, port("ws.port", config.ws_port(), "dinrail.ws.port", property)),
                address(ALL_ADDRESSES, port("wss.port", config.wss_port(), "dinrail.wss.port", property)),
                names(config.proxy_protocol()),
                AddressRanges.of("proxy.protocol.from", config.proxy_protocol_from()));
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Optional<InetSocketAddress> address(String host, int port) {
        return port == 0 ? Optional.empty() : Optional.of(new InetSocketAddress(host, port));
    }

    private static int port(String key, int configured, String name, UnaryOperator<String> property) {
        String text = Settings.text(name, Integer.toString(configured), property);
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // refused below, with what was meant
        }
        throw new IllegalArgumentException(key + " (" + name + "): 0 to 65535, not '" + text + "'");
    }
}
