package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.dinrail.messaging.api.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    @TempDir
    Path folder;

    private final FakeIdentity identity =
            new FakeIdentity().device("press-1").device("press-2").backend("hist");

    private Plant plant(String name) throws Exception {
        return new Plant(folder.resolve(name), identity);
    }

    private static void leaveSession(Plant plant, String device) {
        Mqtt3BlockingClient client = plant.client(device, device);
        client.connectWith().cleanSession(false).send();
        client.subscribeWith()
                .topicFilter("commands/" + device + "/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        client.disconnect();
        await().until(() -> plant.engine.sessions().isEmpty());
    }

    private static Message command(String device, int number) {
        return new Message("commands/" + device, ("" + number).getBytes(UTF_8), 1, false);
    }

    private static List<String> returned(Plant plant, String device, int expected) throws Exception {
        Mqtt3BlockingClient client = plant.client(device, device);
        List<String> payloads = new ArrayList<>();
        try (var received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            assertThat(client.connectWith().cleanSession(false).send().isSessionPresent())
                    .isTrue();
            while (payloads.size() < expected) {
                payloads.add(received.receive(5, TimeUnit.SECONDS)
                        .map(message -> new String(message.getPayloadAsBytes(), UTF_8))
                        .orElse("nothing"));
            }
        }
        client.disconnect();
        return payloads;
    }

    @Test
    void whatWaitsForAbsentDevicesSurvivesAnOrderlyRestart() throws Exception {
        try (Plant plant = plant("a")) {
            leaveSession(plant, "press-1");
            leaveSession(plant, "press-2");
            for (int i = 1; i <= 30; i++) {
                assertThat(plant.engine.publish(command("press-1", i))).isEqualTo(1);
            }
            plant.engine.publish(command("press-2", 99));
            plant.engine.publish(new Message("site/name", "A".getBytes(UTF_8), 0, true));
        }
        try (Plant plant = plant("a")) {
            assertThat(returned(plant, "press-1", 30))
                    .isEqualTo(
                            IntStream.rangeClosed(1, 30).mapToObj(i -> "" + i).toList());
            assertThat(returned(plant, "press-2", 1)).containsExactly("99");
            Mqtt3BlockingClient backend = plant.connected("hist");
            try (var received = backend.publishes(MqttGlobalPublishFilter.ALL)) {
                backend.subscribeWith().topicFilter("site/#").send();
                assertThat(received.receive(5, TimeUnit.SECONDS)).isPresent();
            }
            backend.disconnect();
        }
    }

    @Test
    void aCopyTakenWhileItRunsStartsAndHasWhatWaited() throws Exception {
        try (Plant plant = plant("a")) {
            leaveSession(plant, "press-1");
            Mqtt3BlockingClient connected = plant.connected("press-2"); // unclean: the copy finds it connected
            plant.engine.publish(command("press-1", 1));
            Path copy = folder.resolve("copy");
            await().untilAsserted(() -> {
                copyFolder(folder.resolve("a"), copy);
                try (Plant crashed = plant("copy")) {
                    assertThat(crashed.losses()).isEmpty();
                    assertThat(returned(crashed, "press-1", 1)).containsExactly("1");
                }
            });
            connected.disconnect();
        }
    }

    @Test
    void aDamagedStoreIsSetAsideAndItGoesOn() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a").resolve("sessions.mv"), new byte[20_000]);
        try (Plant plant = plant("a")) {
            plant.connected("press-1").disconnect();
            assertThat(plant.lost("store.damaged")).isEqualTo(1);
        }
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("sessions.mv.damaged-"));
        }
    }

    @Test
    void anAbsentClientsOldestMessagesMakeRoomForNewOnes() throws Exception {
        try (Plant plant = plant("a")) {
            leaveSession(plant, "press-1");
            for (int i = 1; i <= 105; i++) {
                plant.engine.publish(command("press-1", i));
            }
            assertThat(returned(plant, "press-1", 100)).startsWith("6", "7").endsWith("105");
            assertThat(plant.lost("queue.overflow")).isEqualTo(5);
        }
    }

    @Test
    void userPropertiesWaitWithTheirMessage() throws Exception {
        try (Plant plant = plant("a")) {
            leaveSession(plant, "press-1");
            leaveSession(plant, "press-2");
            Mqtt5BlockingClient backend = plant.client5("hist", "hist");
            backend.connect();
            for (String device : List.of("press-1", "press-2")) {
                backend.publishWith()
                        .topic("commands/" + device)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .userProperties()
                        .add("k", "v")
                        .applyUserProperties()
                        .contentType("text/plain")
                        .payload("x".getBytes(UTF_8))
                        .send();
            }
            backend.disconnect();
            assertThat(returned(plant, "press-1", 1)).containsExactly("x");
            assertThat(returned(plant, "press-2", 1)).containsExactly("x");
            assertThat(plant.losses()).isEmpty();
        }
    }

    @Test
    void aCleanStartAfterARestartEndsTheOldSubscriptions() throws Exception {
        try (Plant plant = plant("a")) {
            leaveSession(plant, "press-1");
        }
        try (Plant plant = plant("a")) {
            assertThat(plant.engine.publish(command("press-1", 1))).isEqualTo(1);
            plant.connected("press-1");
            assertThat(plant.engine.publish(command("press-1", 2))).isZero();
        }
    }

    @Test
    void whoGivesUpAFilterLeavesOthersTheirSharedSubscriptionToIt() throws Exception {
        try (Plant plant = plant("a")) {
            Mqtt5BlockingClient member = plant.client5("hist-1", "hist");
            Mqtt5BlockingClient other = plant.client5("hist-2", "hist");
            member.connect();
            other.connect();
            member.subscribeWith().topicFilter("$share/g/a/b").send();
            other.subscribeWith().topicFilter("a/b").send();
            other.unsubscribeWith().topicFilter("$share/g/a/b").send(); // which it never had
            other.unsubscribeWith().topicFilter("a/b").send();
            assertThat(plant.engine.publish(new Message("a/b", new byte[0], 1, false)))
                    .isEqualTo(1);
            member.unsubscribeWith().topicFilter("$share/g/a/b").send();
            assertThat(plant.engine.publish(new Message("a/b", new byte[0], 1, false)))
                    .isZero();
            assertThat(plant.losses()).isEmpty();
        }
    }

    @Test
    void thePlatformPublishesAndIsToldHowManyGetIt() throws Exception {
        try (Plant plant = plant("a")) {
            assertThat(plant.engine.publish(command("press-1", 1))).isZero();
            Mqtt3BlockingClient device = plant.connected("press-1");
            try (var received = device.publishes(MqttGlobalPublishFilter.ALL)) {
                device.subscribeWith().topicFilter("commands/press-1/#").send();
                assertThat(plant.engine.publish(command("press-1", 2))).isEqualTo(1);
                assertThat(received.receive(5, TimeUnit.SECONDS)).isPresent();
            }
            device.disconnect();
            assertThat(plant.engine.status().sent()).isEqualTo(2);
            assertThat(plant.engine.status().listeners())
                    .containsExactly("mqtt 127.0.0.1:" + plant.port(), "mqtts 127.0.0.1:" + plant.tlsPort());
        }
    }

    @Test
    void aListenerHearsEverythingOfAClientInItsOrderAndAFailingOneHarmsNobody() throws Exception {
        try (Plant plant = plant("a")) {
            Heard heard = new Heard();
            plant.audience.add(
                    (message, sender, at) -> {
                        throw new IllegalStateException("broken listener");
                    },
                    "#");
            plant.audience.add(heard, new String[] {"telemetry/#", "telemetry/press-1/#"});
            Mqtt3BlockingClient device = plant.connected("press-1");
            for (int i = 0; i < 500; i++) {
                device.toAsync()
                        .publishWith()
                        .topic("telemetry/press-1/" + i % 7)
                        .qos(MqttQos.fromCode(i % 3))
                        .payload(("" + i).getBytes(UTF_8))
                        .send();
            }
            await().until(() -> heard.texts().size() >= 500);
            assertThat(heard.texts())
                    .isEqualTo(IntStream.range(0, 500)
                            .mapToObj(i -> "press-1 telemetry/press-1/" + i % 7 + " " + i)
                            .toList());
            assertThat(plant.lost("listener.failed")).isEqualTo(500);
            assertThat(plant.engine.status().received()).isEqualTo(500);
            device.disconnect();
        }
    }

    @Test
    void stoppingUnderLoadTakesLessThanFiveSeconds() throws Exception {
        Plant plant = plant("a");
        Mqtt3BlockingClient backend = plant.connected("hist");
        backend.toAsync()
                .subscribeWith()
                .topicFilter("#")
                .callback(message -> {})
                .send()
                .get();
        Mqtt3BlockingClient device = plant.connected("press-1");
        for (int i = 0; i < 5_000; i++) {
            var unused = device.toAsync()
                    .publishWith()
                    .topic("telemetry/press-1/t")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
        }
        long start = System.nanoTime();
        plant.close();
        assertThat(Optional.of(System.nanoTime() - start))
                .hasValueSatisfying(
                        ns -> assertThat(TimeUnit.NANOSECONDS.toMillis(ns)).isLessThan(5_000));
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }
}
