package io.dinrail.broker.moquette.internal;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the broker is told: the platform's properties win over the file.
 *
 * @param plain where to listen without TLS; empty for nowhere. Port 0 takes any.
 * @param tls where to listen with TLS; empty for nowhere.
 * @param folder where everything is kept.
 * @param largestPacket in bytes.
 * @param longestQueue messages waiting for an absent client; 0 is no limit.
 */
record Settings(
        Optional<InetSocketAddress> plain,
        Optional<InetSocketAddress> tls,
        Path folder,
        int largestPacket,
        int longestQueue) {
    private static final String ALL_ADDRESSES = "0.0.0.0";

    Settings {
        if (largestPacket < 1024 || largestPacket > 268_435_455) {
            throw new IllegalArgumentException("limit.packet.size: 1024 to 268435455, not " + largestPacket);
        }
        if (longestQueue < 0) {
            throw new IllegalArgumentException("queue.messages: 0 or more, not " + longestQueue);
        }
    }

    /**
     * Merges the file with the platform's properties.
     *
     * @param config the file.
     * @param property looks a platform property up; null if it isn't set.
     * @throws IllegalArgumentException if something is refused; the message names the key.
     */
    static Settings of(BrokerConfig config, UnaryOperator<String> property) {
        int plain = port("mqtt.port", config.mqtt_port(), "dinrail.mqtt.port", property);
        int tls = port("mqtts.port", config.mqtts_port(), "dinrail.mqtts.port", property);
        String bind = text("dinrail.bind", "127.0.0.1", property);
        return new Settings(
                address(bind, plain),
                address(ALL_ADDRESSES, tls),
                Path.of(text("dinrail.data", "data", property), "broker"),
                config.limit_packet_size(),
                config.queue_messages());
    }

    private static Optional<InetSocketAddress> address(String host, int port) {
        return port == 0 ? Optional.empty() : Optional.of(new InetSocketAddress(host, port));
    }

    private static int port(String key, int configured, String name, UnaryOperator<String> property) {
        String text = text(name, Integer.toString(configured), property);
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

    private static String text(String name, String otherwise, UnaryOperator<String> property) {
        return Optional.ofNullable(property.apply(name))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse(otherwise);
    }
}
