package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import io.dinrail.identity.api.Action;
import io.dinrail.messaging.api.Message;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last gate: whatever filter, queue or group brought a message to a client. */
class DeliveryTest {
    private static final FakeIdentity.Rules NO_SECRETS = new FakeIdentity.Rules() {
        @Override
        public boolean may(Action action, String topic) {
            return true;
        }

        @Override
        public boolean mayReceive(String topic) {
            return !topic.contains("secret");
        }
    };

    @TempDir
    Path folder;

    private final FakeIdentity identity = new FakeIdentity().backend("hist").backend("office");
    private Plant plant;

    @BeforeEach
    void open() throws Exception {
        identity.of("office").rules = NO_SECRETS;
        plant = new Plant(folder, identity);
    }

    @AfterEach
    void close() {
        plant.close();
    }

    private void publish(String topic, int qos, int number, boolean retain) {
        plant.engine.publish(new Message(topic, Integer.toString(number).getBytes(UTF_8), qos, retain));
    }

    private static String next(Mqtt5Publishes received) throws InterruptedException {
        return received.receive(5, TimeUnit.SECONDS)
                .map(one -> one.getTopic() + " " + new String(one.getPayloadAsBytes(), UTF_8))
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource({"0, a/#", "1, a/#", "2, a/#", "1, $share/g/a/#", "2, $share/g/a/#"})
    void whatItMayNotReceiveIsDroppedAndNothingWaitsForIt(int qos, String filter) throws Exception {
        Mqtt5BlockingClient client = plant.client5("office", "office");
        client.connect();
        try (Mqtt5Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith()
                    .topicFilter(filter)
                    .qos(MqttQos.fromCode(qos))
                    .send();
            for (int i = 0; i < 300; i++) { // three times what may be unacknowledged
                publish("a/secret", qos, i, false);
            }
            publish("a/open", qos, 1, false);
            assertThat(next(received)).isEqualTo("a/open 1");
        }
        assertThat(plant.lost("delivery.refused")).isEqualTo(300);
        assertThat(client.getState().isConnected()).isTrue();
    }

    @Test
    void aRetainedMessagePassesTheSameGate() throws Exception {
        publish("a/secret", 1, 1, true);
        publish("a/open", 1, 2, true);
        Mqtt5BlockingClient client = plant.client5("office", "office");
        client.connect();
        try (Mqtt5Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("#").send();
            assertThat(next(received)).isEqualTo("a/open 2");
            assertThat(received.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
        }
        assertThat(plant.lost("delivery.refused")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void whatWaitedPassesTheGateAsItIsWhenItIsDelivered(int qos) throws Exception {
        identity.of("office").rules = FakeIdentity.all();
        Mqtt5BlockingClient client = plant.client5("office", "office");
        client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        client.subscribeWith().topicFilter("a/#").qos(MqttQos.fromCode(qos)).send();
        client.disconnect();
        await().until(() -> plant.engine.sessions().isEmpty());
        publish("a/secret", qos, 1, false);
        publish("a/open", qos, 2, false);
        publish("a/secret", qos, 3, false);
        publish("a/open", qos, 4, false);
        identity.of("office").rules = NO_SECRETS;
        Mqtt5BlockingClient back = plant.client5("office", "office");
        try (Mqtt5Publishes received = back.publishes(MqttGlobalPublishFilter.ALL)) {
            back.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
            assertThat(next(received)).isEqualTo("a/open 2");
            assertThat(next(received)).isEqualTo("a/open 4");
        }
        assertThat(plant.lost("delivery.refused")).isEqualTo(2);
    }

    @Test
    void aWillPassesTheGateToo() throws Exception {
        Mqtt5BlockingClient client = plant.client5("office", "office");
        client.connect();
        try (Mqtt5Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("#").send();
            for (String topic : new String[] {"a/secret", "a/open"}) {
                try (Raw raw = plant.raw()) {
                    raw.connect("hist", "hist", 0x02 | 0x04, topic, "gone");
                    assertThat(raw.answer()).isEqualTo("20 0000");
                    raw.subscribe(1, 0, "x");
                    assertThat(raw.answer()).startsWith("90");
                }
                await().until(() -> plant.engine.sessions().size() == 1);
            }
            assertThat(next(received)).isEqualTo("a/open gone");
        }
        assertThat(plant.lost("delivery.refused")).isEqualTo(1);
    }

    @Test
    void thePlatformsOwnTopicsAreHeardByThoseWhoNameThemOnly() throws Exception {
        identity.of("office").rules = (action, topic) -> true;
        Mqtt5BlockingClient client = plant.client5("office", "office");
        client.connect();
        try (Mqtt5Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith().topicFilter("#").send();
            client.subscribeWith().topicFilter("+/enrolment/#").send();
            client.subscribeWith().topicFilter("$share/g/#").send();
            publish("_system/enrolment/x/answer", 1, 1, true);
            publish("a", 1, 2, false);
            assertThat(next(received)).isEqualTo("a 2");
            assertThat(next(received)).isEqualTo("a 2");
            client.subscribeWith().topicFilter("_system/enrolment/x/answer").send();
            assertThat(next(received)).isEqualTo("_system/enrolment/x/answer 1");
        }
    }

    @Test
    void whatIsPublishedForThePlatformReachesItAndNobodyElse() throws Exception {
        identity.of("office").rules = (action, topic) -> true;
        Heard everything = new Heard();
        Heard desk = new Heard();
        plant.audience.add(everything, "#");
        plant.audience.add(desk, "_system/enrolment/+/request");
        Mqtt5BlockingClient spy = plant.client5("office-spy", "office");
        spy.connect();
        try (Mqtt5Publishes received = spy.publishes(MqttGlobalPublishFilter.ALL);
                Raw raw = plant.raw()) {
            spy.subscribeWith().topicFilter("_system/#").send();
            raw.connect("office", "office", 2);
            assertThat(raw.answer()).isEqualTo("20 0000");
            String topic = "_system/enrolment/office/request";
            assertThat(raw.publish(0x33, topic, 1, "q1").answer()).isEqualTo("40 0001");
            assertThat(raw.publish(0x34, topic, 2, "q2").answer()).isEqualTo("50 0002");
            assertThat(raw.publish(0x3C, topic, 2, "q2").answer()).isEqualTo("50 0002");
            assertThat(raw.send(0x62, new byte[] {0, 2}).answer()).isEqualTo("70 0002");
            assertThat(desk.texts()).containsExactly("office " + topic + " q1", "office " + topic + " q2");
            assertThat(everything.texts()).isEmpty();
            assertThat(received.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
        }
    }
}
