package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final int CLEAN = 0x02;
    private static final String OK = "20 0000";

    @TempDir
    Path folder;

    private Plant plant;

    @BeforeEach
    void open() throws Exception {
        plant = new Plant(folder, new FakeIdentity().device("press-1").backend("hist"));
    }

    @AfterEach
    void close() {
        plant.close();
    }

    private Raw loggedIn() throws Exception {
        Raw raw = plant.raw();
        assertThat(raw.connect("press-1", "press-1", CLEAN).answer()).isEqualTo(OK);
        return raw;
    }

    @Test
    void aWillThatItMayNotPublishIsRefusedAtConnect() throws Exception {
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", CLEAN | 0x04, "devices/press-2/status", "offline");
            assertThat(raw.answer()).isEqualTo("20 0005");
            assertThat(plant.lost("will.refused")).isEqualTo(1);
        }
    }

    @Test
    void aWillOfQos3ClosesAndTheLoopsLive() throws Exception {
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", CLEAN | 0x04 | 0x18, "devices/press-1/status", "offline");
            assertThat(raw.answer()).isEqualTo("closed");
        }
        plant.connected("press-1").disconnect();
    }

    @Test
    void anAllowedRetainedWillFiresIsKeptAndIsHeardInside() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "devices/+/status");
        Mqtt3BlockingClient backend = plant.connected("hist");
        try (var received = backend.publishes(MqttGlobalPublishFilter.ALL)) {
            backend.subscribeWith().topicFilter("devices/+/status").send();
            try (Raw raw = plant.raw()) {
                raw.connect("press-1", "press-1", CLEAN | 0x04 | 0x08 | 0x20, "devices/press-1/status", "offline");
                assertThat(raw.answer()).isEqualTo(OK);
                await().until(() -> plant.engine.sessions().size() == 2);
            }
            assertThat(received.receive(5, TimeUnit.SECONDS))
                    .get()
                    .satisfies(will -> assertThat(text(will)).isEqualTo("devices/press-1/status offline"));
        }
        await().untilAsserted(
                        () -> assertThat(heard.texts()).containsExactly("press-1 devices/press-1/status offline"));
        Mqtt3BlockingClient late = plant.client("hist-late", "hist");
        late.connect();
        try (var received = late.publishes(MqttGlobalPublishFilter.ALL)) {
            late.subscribeWith().topicFilter("devices/#").send();
            assertThat(received.receive(5, TimeUnit.SECONDS))
                    .get()
                    .satisfies(will -> assertThat(will.isRetain()).isTrue());
        }
    }

    @Test
    void aCleanGoodbyeFiresNoWill() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "#");
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", CLEAN | 0x04 | 0x08, "devices/press-1/status", "offline");
            assertThat(raw.answer()).isEqualTo(OK);
            raw.send((byte) 0xE0, (byte) 0);
            assertThat(raw.answer()).isEqualTo("closed");
        }
        await().until(() -> plant.engine.sessions().isEmpty());
        assertThat(heard.texts()).isEmpty();
    }

    @Test
    void deniedFiltersFailOneByOne() throws Exception {
        try (Raw raw = loggedIn()) {
            raw.subscribe(7, 1, "telemetry/#", "commands/press-1/#", "$share/g/telemetry/#", "$SYS/#", "boom");
            assertThat(raw.answer()).isEqualTo("90 00078001808080");
            raw.subscribe(8, 1, "#");
            assertThat(raw.answer()).isEqualTo("90 000880");
            assertThat(plant.lost("subscribe.refused")).isEqualTo(5);
        }
    }

    @Test
    void aSharedSubscriptionIsCheckedAsItsFilterOnVersion5() {
        Mqtt5BlockingClient device = plant.client5("press-1", "press-1");
        device.connect();
        assertThatThrownBy(() -> device.subscribeWith()
                        .topicFilter("$share/g/telemetry/#")
                        .send())
                .isInstanceOfSatisfying(
                        Mqtt5SubAckException.class,
                        e -> assertThat(e.getMqttMessage().getReasonCodes())
                                .containsExactly(Mqtt5SubAckReasonCode.NOT_AUTHORIZED));
        device.subscribeWith().topicFilter("$share/g/commands/press-1/#").send();
        Mqtt5BlockingClient backend = plant.client5("hist", "hist");
        backend.connect();
        backend.publishWith().topic("telemetry/x/y").send();
        try (var received = device.publishes(MqttGlobalPublishFilter.ALL)) {
            backend.publishWith()
                    .topic("commands/press-1/z")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            assertThat(received.receive(5, TimeUnit.SECONDS))
                    .get()
                    .satisfies(message -> assertThat(message.getTopic()).hasToString("commands/press-1/z"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        device.disconnect();
        backend.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share/", "$share/g", "$share//x", "$share/g/", "$share/+/x", "a/#/b", "a+", "a\uFFFDb"})
    void aMalformedFilterIsRefusedAndTheLoopsLive(String filter) throws Exception {
        try (Raw raw = loggedIn()) {
            assertThat(raw.subscribe(9, 0, filter).answer()).isEqualTo("90 000980");
        }
        plant.connected("hist").disconnect();
    }

    @Test
    void aDeniedPublishIsAcknowledgedAndDropped() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "#");
        try (Raw raw = loggedIn()) {
            raw.publish(0x30, "telemetry/press-2/t", 0, "0");
            assertThat(raw.publish(0x32, "telemetry/press-2/t", 5, "1").answer())
                    .isEqualTo("40 0005");
            assertThat(raw.publish(0x34, "telemetry/press-2/t", 6, "2").answer())
                    .isEqualTo("50 0006");
            assertThat(raw.send(0x62, new byte[] {0, 6}).answer()).isEqualTo("70 0006");
            assertThat(raw.publish(0x32, "$SYS/x", 7, "3").answer()).isEqualTo("40 0007");
            assertThat(raw.publish(0x32, "telemetry/press-1/t", 8, "4").answer())
                    .isEqualTo("40 0008");
        }
        assertThat(heard.texts()).containsExactly("press-1 telemetry/press-1/t 4");
        assertThat(plant.lost("publish.refused")).isEqualTo(4);
        assertThat(plant.engine.status().received()).isEqualTo(1);
    }

    @Test
    void version5IsToldWhyItsPublishIsDropped() {
        Mqtt5BlockingClient device = plant.client5("press-1", "press-1");
        device.connect();
        assertThatThrownBy(() -> device.publishWith()
                        .topic("telemetry/press-2/t")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send())
                .isInstanceOf(Mqtt5PubAckException.class);
        device.disconnect();
    }

    @Test
    void qos2IsTakenOnceAndFinished() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "telemetry/#");
        try (Raw raw = loggedIn()) {
            assertThat(raw.publish(0x34, "telemetry/press-1/t", 6, "2").answer())
                    .isEqualTo("50 0006");
            assertThat(raw.publish(0x3C, "telemetry/press-1/t", 6, "2").answer())
                    .isEqualTo("50 0006");
            assertThat(raw.send(0x62, new byte[] {0, 6}).answer()).isEqualTo("70 0006");
            assertThat(raw.send(0x62, new byte[] {0, 6}).answer()).isEqualTo("70 0006");
        }
        assertThat(heard.texts()).hasSize(1);
    }

    @Test
    void aRepeatedPublishWhoseFirstNeverCameIsNotDropped() throws Exception {
        Mqtt3BlockingClient backend = plant.connected("hist");
        try (var received = backend.publishes(MqttGlobalPublishFilter.ALL);
                Raw raw = loggedIn()) {
            backend.subscribeWith()
                    .topicFilter("telemetry/#")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            assertThat(raw.publish(0x3A, "telemetry/press-1/t", 6, "late").answer())
                    .isEqualTo("40 0006");
            assertThat(received.receive(5, TimeUnit.SECONDS)).isPresent();
        }
    }

    @Test
    void packetsThatFollowTheConnectAtOnceAreNotLost() throws Exception {
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", CLEAN).subscribe(3, 0, "commands/press-1/#");
            assertThat(raw.answer()).isEqualTo(OK);
            assertThat(raw.answer()).isEqualTo("90 000300");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/+", "#", "", "a\uFFFDb", "a\u0000b"})
    void aTopicThatCantBeCloses(String topic) throws Exception {
        try (Raw raw = loggedIn()) {
            assertThat(raw.publish(0x32, topic, 9, "x").answer()).isEqualTo("closed");
        }
        assertThat(plant.lost("packet.malformed")).isEqualTo(1);
    }

    @Test
    void badUtf8Closes() throws Exception {
        try (Raw raw = loggedIn()) {
            raw.send(0x32, new byte[] {0, 2, (byte) 0xC3, 0x28, 0, 1, 'x'});
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x11, 0x20, 0x36, 0x60, 0x80, 0x90, 0xB0, 0xD0, 0xF0})
    void aTypeOrFlagThatAClientDoesntSendCloses(int first) throws Exception {
        try (Raw raw = loggedIn()) {
            raw.send(first, new byte[] {0, 1, 'x', 0, 1});
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }

    @Test
    void aSecondConnectCloses() throws Exception {
        try (Raw raw = loggedIn()) {
            assertThat(raw.connect("press-1", "press-1", CLEAN).answer()).isEqualTo("closed");
        }
    }

    @Test
    void anythingBeforeConnectCloses() throws Exception {
        try (Raw raw = plant.raw()) {
            assertThat(raw.publish(0x30, "telemetry/press-1/t", 0, "x").answer())
                    .isEqualTo("closed");
        }
    }

    @Test
    void aPacketOverTheLimitCloses() throws Exception {
        try (Raw raw = loggedIn()) {
            raw.publish(0x32, "telemetry/press-1/t", 1, "x".repeat(20_000));
            assertThat(raw.answer()).isEqualTo("closed");
        }
        assertThat(plant.lost("packet.too-large")).isEqualTo(1);
    }

    @Test
    void version31IsRefused() throws Exception {
        try (Raw raw = plant.raw()) {
            byte[] old = {0, 6, 'M', 'Q', 'I', 's', 'd', 'p', 3, 2, 0, 60, 0, 1, 'x'};
            assertThat(raw.send(0x10, old).answer()).isEqualTo("20 0001");
        }
    }

    @Test
    void retainedMessagesOfQos0AreKeptAndCommandsNever() throws Exception {
        Mqtt3BlockingClient backend = plant.connected("hist");
        backend.publishWith()
                .topic("site/name")
                .retain(true)
                .payload("A".getBytes(UTF_8))
                .send();
        backend.publishWith()
                .topic("commands/press-1")
                .retain(true)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("B".getBytes(UTF_8))
                .send();
        Mqtt3BlockingClient late = plant.client("hist-late", "hist");
        late.connect();
        try (var received = late.publishes(MqttGlobalPublishFilter.ALL)) {
            late.subscribeWith().topicFilter("commands/#").send();
            late.subscribeWith().topicFilter("site/#").send();
            assertThat(received.receive(5, TimeUnit.SECONDS))
                    .get()
                    .satisfies(message -> assertThat(text(message)).isEqualTo("site/name A"));
        }
    }

    @Test
    void severalUnsubscriptionsAreAnsweredEachOnVersion5() {
        Mqtt5BlockingClient backend = plant.client5("hist", "hist");
        backend.connect();
        backend.subscribeWith().topicFilter("a").send();
        var answer = backend.unsubscribeWith()
                .addTopicFilter("a")
                .addTopicFilter("b")
                .send();
        assertThat(answer.getReasonCodes()).hasSize(2);
        backend.disconnect();
    }

    private static String text(Mqtt3Publish message) {
        return message.getTopic() + " " + new String(message.getPayloadAsBytes(), UTF_8);
    }
}
