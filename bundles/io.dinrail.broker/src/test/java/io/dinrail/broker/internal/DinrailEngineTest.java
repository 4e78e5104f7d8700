package io.dinrail.broker.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Capacity;
import io.dinrail.broker.front.Keeping;
import io.dinrail.broker.front.Listening;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Runner;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.internal.engine.OpenIdentity;
import io.dinrail.broker.internal.transport.TestKeys;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.MessageListener;
import io.dinrail.messaging.api.Session;
import io.dinrail.testkit.RecordingBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DinrailEngineTest {
    private static final TestKeys KEYS = TestKeys.make();
    private static final String TOPIC = "telemetry/press-1";

    @TempDir
    Path folder;

    private final RecordingBus bus = new RecordingBus();
    private final Losses losses = new Losses(Clock.systemUTC());
    private final Audience audience = new Audience(losses);

    private Parts parts() {
        Optional<InetSocketAddress> any = Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Settings settings = new Settings(
                new Listening(any, any, any, Optional.empty(), Set.of(), AddressRanges.NONE),
                folder,
                new Keeping(Keeping.Durability.FSYNC, Map.of(), 100, 0, Keeping.Full.DROP_OLDEST, 3_600),
                new Bounds(16_384, 0, AddressRanges.NONE, 0, 0, new Bounds.Rate(0, 0), 100, 1_048_576),
                Capacity.USUAL,
                "");
        return new Parts(
                settings,
                new OpenIdentity(),
                new Offices(login -> Optional.empty(), organisation -> false),
                KEYS,
                bus,
                audience,
                losses,
                Clock.systemUTC());
    }

    private DinrailEngine opened() throws IOException {
        DinrailEngine engine = new DinrailEngine(parts());
        engine.open();
        return engine;
    }

    private static Mqtt5ClientBuilder builder(DinrailEngine engine, String listener) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier("press-1")
                .serverHost("127.0.0.1")
                .serverPort(engine.port(listener).orElseThrow())
                .simpleAuth()
                .username("press-1")
                .password("secret".getBytes(UTF_8))
                .applySimpleAuth();
    }

    private static void publish(Mqtt5BlockingClient client, String text) {
        client.publishWith()
                .topic(TOPIC)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(UTF_8))
                .send();
    }

    private List<String> heard() {
        List<String> heard = new CopyOnWriteArrayList<>();
        MessageListener listener =
                (message, sender, at) -> heard.add(sender + " " + new String(message.payload(), UTF_8));
        audience.add(listener, "telemetry/#");
        return heard;
    }

    @Test
    void everyListenerServesAndThePlatformHears() throws Exception {
        List<String> heard = heard();
        try (DinrailEngine engine = opened()) {
            MqttClientSslConfig tls = MqttClientSslConfig.builder()
                    .trustManagerFactory(KEYS.trust())
                    .build();
            for (Mqtt5ClientBuilder way : List.of(
                    builder(engine, "mqtt"),
                    builder(engine, "mqtts").sslConfig(tls),
                    builder(engine, "ws").webSocketConfig().serverPath("mqtt").applyWebSocketConfig())) {
                Mqtt5BlockingClient client = way.buildBlocking();
                client.connect();
                publish(client, "x");
                assertThat(engine.sessions()).extracting(Session::clientId).containsExactly("press-1");
                client.disconnect();
            }
            await().until(() -> heard.equals(List.of("press-1 x", "press-1 x", "press-1 x")));
            assertThat(engine.status().received()).isEqualTo(3);
            assertThat(engine.status().engine()).isEqualTo("Dinrail");
            assertThat(engine.status().listeners()).hasSize(3).allMatch(line -> line.contains(" 127.0.0.1:"));
            await().until(() -> bus.events(DevicePresence.class).size() == 6);
        }
        assertThat(losses.counts()).isEmpty();
    }

    @Test
    void whatWaitsForAClientSurvivesTheEngine() throws Exception {
        try (DinrailEngine engine = opened()) {
            Mqtt5BlockingClient client = builder(engine, "mqtt").buildBlocking();
            client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
            client.subscribeWith()
                    .topicFilter("commands/press-1")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            client.disconnect();
            await().until(() -> engine.sessions().isEmpty());
            assertThat(engine.publish(new Message("commands/press-1", "go".getBytes(UTF_8), 1, false)))
                    .isOne();
        }
        try (DinrailEngine engine = opened()) {
            Mqtt5BlockingClient client = builder(engine, "mqtt").buildBlocking();
            try (Mqtt5BlockingClient.Mqtt5Publishes publishes = client.publishes(MqttGlobalPublishFilter.ALL)) {
                assertThat(client.connectWith()
                                .cleanStart(false)
                                .sessionExpiryInterval(600)
                                .send()
                                .isSessionPresent())
                        .isTrue();
                Mqtt5Publish kept = publishes.receive(10, TimeUnit.SECONDS).orElseThrow();
                assertThat(new String(kept.getPayloadAsBytes(), UTF_8)).isEqualTo("go");
            }
            assertThat(engine.kick("press-1")).isTrue();
            await().until(() -> engine.sessions().isEmpty());
        }
    }

    @Test
    void aSecondEngineStaysOutOfTheFolder() throws Exception {
        try (DinrailEngine engine = opened()) {
            assertThatThrownBy(() -> new DinrailEngine(parts()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(folder + " is in use by another broker: stop it or set DINRAIL_DATA");
            assertThat(engine.port("mqtt")).isPresent();
        }
        opened().close();
    }

    @Test
    void whatCannotBeOpenedLeavesNothingBehind() throws Exception {
        Files.writeString(folder.resolve("log"), "no folder");
        assertThatThrownBy(() -> new DinrailEngine(parts())).isInstanceOf(IOException.class);
        noThreadIsLeft();
        Files.delete(folder.resolve("log"));
        opened().close();
    }

    @Test
    void aRunnerKeepsItAndNoThreadStaysBehind() throws Exception {
        AtomicBoolean announced = new AtomicBoolean();
        Runner<DinrailEngine> runner = new Runner<>(parts(), DinrailEngine::new, engine -> {
            announced.set(true);
            return () -> announced.set(false);
        });
        try (runner) {
            runner.start();
            await().until(announced::get);
            builder(runner.serving().orElseThrow(), "mqtt").buildBlocking().connect();
        }
        assertThat(announced).isFalse();
        noThreadIsLeft();
    }

    private static void noThreadIsLeft() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.matches(
                                "dinrail-broker|dinrail-broker-(accept|io|house|time|reader|presence).*")));
    }
}
