package io.dinrail.broker.moquette.internal;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Capacity;
import io.dinrail.broker.front.Keeping;
import io.dinrail.broker.front.Listening;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Settings;
import io.dinrail.testkit.RecordingBus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real engine on any free ports, with everything around it faked, and clients for it. */
final class Plant implements AutoCloseable {
    final FakeIdentity identity;
    final TestKeys keys = new TestKeys();
    final RecordingBus bus = new RecordingBus();
    final Losses losses = new Losses(Clock.systemUTC());
    final Audience audience = new Audience(losses);
    final Engine engine;
    /** What MQTT 5 clients were told when they were thrown out. */
    final List<String> farewells = new CopyOnWriteArrayList<>();

    final Set<String> strict = ConcurrentHashMap.newKeySet();

    Plant(Path folder, FakeIdentity identity) throws Exception {
        this(settings(folder), identity);
    }

    Plant(Settings settings, FakeIdentity identity) throws Exception {
        this.identity = identity;
        Offices offices = new Offices(
                login -> Optional.ofNullable(identity.of(login)).map(holder -> holder.issuedAt), strict::contains);
        engine = new Engine(new Parts(settings, identity, offices, keys, bus, audience, losses, Clock.systemUTC()));
        engine.open();
    }

    /** Any free ports, and no limits but 100 messages in a queue. */
    static Settings settings(Path folder) {
        return settings(folder, "", 0, new Bounds.Rate(0, 0));
    }

    static Settings settings(Path folder, String anonymous, int connects, Bounds.Rate publishes) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Settings(
                new Listening(Optional.of(any), Optional.of(any)),
                folder,
                new Keeping(Keeping.Durability.FSYNC, Map.of(), 100, 0, Keeping.Full.DROP_OLDEST, 2_592_000),
                new Bounds(16_384, connects, AddressRanges.NONE, 0, 0, publishes, 100, 1_048_576),
                Capacity.USUAL,
                anonymous);
    }

    int port() {
        return engine.port("mqtt").orElseThrow();
    }

    int tlsPort() {
        return engine.port("mqtts").orElseThrow();
    }

    long lost(String cause) {
        return engine.status().losses().getOrDefault(cause, 0L);
    }

    Mqtt3ClientBuilder builder(String clientId, String username) {
        return MqttClient.builder()
                .useMqttVersion3()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(port())
                .simpleAuth()
                .username(username)
                .password(FakeIdentity.secret(username))
                .applySimpleAuth();
    }

    Mqtt3BlockingClient client(String clientId, String username) {
        return builder(clientId, username).buildBlocking();
    }

    Mqtt3BlockingClient connected(String name) {
        Mqtt3BlockingClient client = client(name, name);
        client.connect();
        return client;
    }

    Mqtt5BlockingClient client5(String clientId, String username) {
        return MqttClient.builder()
                .useMqttVersion5()
                .addDisconnectedListener(context -> farewells.add(text(context.getCause())))
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(port())
                .simpleAuth()
                .username(username)
                .password(FakeIdentity.secret(username))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static String text(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException disconnect
                ? disconnect.getMqttMessage().getReasonCode().toString()
                : cause.getClass().getSimpleName();
    }

    Raw raw() throws Exception {
        return new Raw(port());
    }

    Map<String, Long> losses() {
        return engine.status().losses();
    }

    @Override
    public void close() {
        engine.close();
    }
}
