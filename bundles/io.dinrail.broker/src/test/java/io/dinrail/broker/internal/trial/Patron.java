package io.dinrail.broker.internal.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.protocol.Will;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A client of the reference model: its device, and what its session should be. */
final class Patron {
    /** @param text of its will. */
    record LastWish(String topic, String text, int qos) {
        Will will() {
            return new Will(TopicName.of(topic), text.getBytes(UTF_8), Qos.of(qos), false, Properties.NONE);
        }
    }

    private static final long LONGEST = 30L * 24 * 3600;

    final Device device;
    final MqttVersion version;
    final Map<String, Integer> filters = new TreeMap<>();
    Expectations expected;
    Optional<LastWish> lastWish = Optional.empty();
    boolean present;
    boolean hasSession;
    /** Whether the store has its session, which may have lost its expiry since. */
    boolean stored;

    long expiry;
    /** In milliseconds since 1970; 0 while the store knows of no leave. */
    long leftAt;

    int sinceSilent;

    Patron(String clientId, MqttVersion version) {
        this.version = version;
        this.device = new Device(clientId, version).hears(this::hear);
        this.expected = new Expectations(clientId);
    }

    private void hear(Heard heard) {
        expected.hear(heard);
    }

    boolean isLasting() {
        return hasSession && expiry > 0;
    }

    /** Connects, and checks that the session is what it should be. */
    void connect(InetSocketAddress broker, boolean clean, long asked, Optional<LastWish> last, long now)
            throws IOException {
        boolean goesOn = isLasting() && !clean && (version == MqttVersion.V5 || asked > 0);
        Optional<Will> will = last.map(LastWish::will);
        if (!goesOn) {
            forget();
        }
        expected.leaves();
        expected.returns(now);
        Connack connack =
                present ? device.takeOver(broker, clean, asked, will) : device.connect(broker, clean, asked, will);
        assertThat(connack.sessionPresent())
                .as("the session of " + device.clientId() + " is present")
                .isEqualTo(goesOn);
        boolean lasting = version == MqttVersion.V5 ? asked > 0 : asked > 0 && !clean;
        expiry = lasting ? Math.min(version == MqttVersion.V5 ? asked : LONGEST, LONGEST) : 0;
        stored = goesOn || lasting;
        lastWish = last;
        hasSession = true;
        present = true;
        leftAt = 0;
        sinceSilent = -1;
    }

    /** Its connection is gone. */
    void isGone(long now) {
        present = false;
        leftAt = now;
        expected.leaves();
        device.drop();
        if (expiry == 0) {
            forget();
        }
    }

    /** Its session is gone, too. */
    void forget() {
        hasSession = false;
        stored = false;
        filters.clear();
        expected = new Expectations(device.clientId());
        device.forget();
    }

    /** What a start of the broker makes of it. */
    void restarted(long now) {
        present = false;
        device.drop();
        expected.leaves();
        expected.restarts();
        leftAt = leftAt == 0 ? now : leftAt;
        if (!isLasting() || now >= leftAt + expiry * 1000) {
            forget();
        }
    }

    /** At which QoS it gets a message, if it gets it. */
    OptionalInt wants(String topic, int qos) {
        return filters.entrySet().stream()
                .filter(one -> matches(one.getKey(), topic))
                .mapToInt(one -> Math.min(qos, one.getValue()))
                .max();
    }

    static boolean matches(String filter, String topic) {
        return filter.equals("#")
                || filter.equals(topic)
                || filter.endsWith("/+") && topic.startsWith(filter.substring(0, filter.length() - 1));
    }
}
