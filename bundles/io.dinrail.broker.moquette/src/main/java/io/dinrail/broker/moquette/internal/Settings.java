package io.dinrail.broker.moquette.internal;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the broker is told: the platform's properties win over the file.
 *
 * @param plain where to listen without TLS; empty for nowhere. Port 0 takes any.
 * @param tls where to listen with TLS; empty for nowhere.
 * @param folder where everything is kept.
 * @param largestPacket in bytes.
 * @param longestQueue messages waiting for an absent client; 0 is no limit.
 * @param anonymousRuleSet of who comes without a login; empty if nobody may.
 * @param connects how many of an address in a minute; 0 is no limit.
 * @param anyConnects who may open any number.
 * @param publishes how fast a connection may publish whose rule set doesn't say.
 * @param inflight messages unacknowledged by an MQTT 5 client; 0 is its own limit.
 * @param longestSession how many seconds a session is kept.
 */
record Settings(
        Optional<InetSocketAddress> plain,
        Optional<InetSocketAddress> tls,
        Path folder,
        int largestPacket,
        int longestQueue,
        String anonymousRuleSet,
        int connects,
        AddressRanges anyConnects,
        Rate publishes,
        int inflight,
        int longestSession) {
    /**
     * How fast.
     *
     * @param perSecond messages; 0 is no limit.
     * @param burst messages at once; 0 is no limit.
     */
    record Rate(int perSecond, int burst) {}

    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);
    private static final String ALL_ADDRESSES = "0.0.0.0";

    Settings {
        if (largestPacket < 1024 || largestPacket > 268_435_455) {
            throw new IllegalArgumentException("limit.packet.size: 1024 to 268435455, not " + largestPacket);
        }
        if (longestQueue < 0) {
            throw new IllegalArgumentException("queue.messages: 0 or more, not " + longestQueue);
        }
        if (connects < 0) {
            throw new IllegalArgumentException("limit.connects.per.address: 0 or more, not " + connects);
        }
        if (publishes.perSecond() < 0) {
            throw new IllegalArgumentException("limit.publish.rate: 0 or more, not " + publishes.perSecond());
        }
        if (publishes.burst() < 0) {
            throw new IllegalArgumentException("limit.publish.burst: 0 or more, not " + publishes.burst());
        }
        if (inflight < 0 || inflight > 65_535) {
            throw new IllegalArgumentException("limit.inflight: 0 to 65535, not " + inflight);
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
                config.queue_messages(),
                config.anonymous_rule_set().trim(),
                config.limit_connects_per_address(),
                AddressRanges.of("limit.connects.allow", config.limit_connects_allow()),
                new Rate(config.limit_publish_rate(), config.limit_publish_burst()),
                config.limit_inflight(),
                seconds("session.expiry.max", config.session_expiry_max()));
    }

    private static int seconds(String key, String text) {
        Matcher period = PERIOD.matcher(text.trim());
        if (period.matches()) {
            long seconds = Long.parseLong(period.group(1)) * SECONDS.getOrDefault(period.group(2), 1);
            if (seconds > 0 && seconds <= Integer.MAX_VALUE) {
                return (int) seconds;
            }
        }
        throw new IllegalArgumentException(key + ": a period such as 90s, 12h or 30d, not '" + text + "'");
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
