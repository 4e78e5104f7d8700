package io.dinrail.broker.moquette.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.messaging.api.Session;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    @TempDir
    Path folder;

    private final FakeIdentity identity =
            new FakeIdentity().device("press-1").device("press-2").backend("hist");
    private Plant plant;

    @BeforeEach
    void open() throws Exception {
        plant = new Plant(folder, identity);
    }

    @AfterEach
    void close() {
        plant.close();
    }

    @Test
    void aDeviceWithItsSecretIsLetInAndTheBusHearsOfIt() {
        Mqtt3BlockingClient client = plant.connected("press-1");
        assertThat(plant.engine.sessions()).extracting(Session::username).containsExactly("press-1");
        client.disconnect();
        await().untilAsserted(() -> assertThat(plant.bus.events(DevicePresence.class))
                .extracting(p -> p.device() + " " + p.online() + " " + p.reason())
                .containsExactly("press-1 true ", "press-1 false normal"));
        assertThat(plant.engine.sessions()).isEmpty();
    }

    @Test
    void aBackendIsNoDevice() {
        plant.connected("hist").disconnect();
        await().until(() -> plant.engine.sessions().isEmpty());
        assertThat(plant.bus.events(DevicePresence.class)).isEmpty();
    }

    @Test
    void aWrongSecretIsRefusedWithCode4OnVersion3() {
        Mqtt3BlockingClient client = com.hivemq.client.mqtt.MqttClient.builder()
                .useMqttVersion3()
                .identifier("press-1")
                .serverHost("127.0.0.1")
                .serverPort(plant.port())
                .simpleAuth()
                .username("press-1")
                .password("wrong".getBytes())
                .applySimpleAuth()
                .buildBlocking();
        assertThatThrownBy(client::connect)
                .isInstanceOfSatisfying(
                        Mqtt3ConnAckException.class,
                        e -> assertThat(e.getMqttMessage().getReturnCode())
                                .isEqualTo(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD));
        assertThat(plant.lost("login.refused")).isEqualTo(1);
    }

    @Test
    void anUnknownNameIsRefusedOnVersion5() {
        assertThatThrownBy(() -> plant.client5("nobody", "nobody").connect())
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        e -> assertThat(e.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD));
    }

    @Test
    void nobodyComesInWithoutALogin() throws Exception {
        try (Raw raw = plant.raw()) {
            byte[] anonymous = {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'x'};
            assertThat(raw.send(0x10, anonymous).answer()).isEqualTo("20 0004");
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }

    @Test
    void aClientIdOfSomebodyElseIsRefused() {
        assertThatThrownBy(() -> plant.client("press-2", "press-1").connect())
                .isInstanceOfSatisfying(
                        Mqtt3ConnAckException.class,
                        e -> assertThat(e.getMqttMessage().getReturnCode())
                                .isEqualTo(Mqtt3ConnAckReturnCode.IDENTIFIER_REJECTED));
        assertThat(plant.lost("client-id.refused")).isEqualTo(1);
    }

    @Test
    void anotherLoginCantTakeASessionOver() {
        identity.backend("intruder", "*");
        Mqtt3BlockingClient owner = plant.connected("press-1");
        assertThatThrownBy(() -> plant.client("press-1", "intruder").connect())
                .isInstanceOf(Mqtt3ConnAckException.class);
        assertThat(owner.getState()).isEqualTo(MqttClientState.CONNECTED);
    }

    @Test
    void aKeptSessionOfAnotherLoginStaysItsOwnWhileItIsAway() {
        identity.backend("intruder", "*");
        Mqtt3BlockingClient owner = plant.client("press-1", "press-1");
        owner.connectWith().cleanSession(false).send();
        owner.disconnect();
        assertThatThrownBy(() -> plant.client("press-1", "intruder").connect())
                .isInstanceOf(Mqtt3ConnAckException.class);
    }

    @Test
    void theSameLoginTakesItsOwnSessionOver() {
        Mqtt3BlockingClient first = plant.connected("press-1");
        Mqtt3BlockingClient second = plant.connected("press-1");
        await().until(() -> first.getState() == MqttClientState.DISCONNECTED);
        assertThat(second.getState()).isEqualTo(MqttClientState.CONNECTED);
        second.publishWith()
                .topic("telemetry/press-1/x")
                .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                .send();
        assertThat(plant.engine.sessions()).hasSize(1);
    }

    @Test
    void anEmptyClientIdBecomesOneOfOurs() throws Exception {
        try (Raw raw = plant.raw()) {
            assertThat(raw.connect("", "press-1", 2).answer()).isEqualTo("20 0000");
            assertThat(plant.engine.sessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.clientId()).matches("press-1-[0-9a-f]{16}"));
        }
        try (Raw raw = plant.raw()) {
            assertThat(raw.connect("", "press-1", 0).answer()).isEqualTo("20 0002");
        }
    }

    @Test
    void version5IsToldItsAssignedClientIdAndHowLongItsSessionStays() {
        Mqtt5BlockingClient client = com.hivemq.client.mqtt.MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(plant.port())
                .simpleAuth()
                .username("hist")
                .password(FakeIdentity.secret("hist"))
                .applySimpleAuth()
                .buildBlocking();
        var answer = client.connectWith().noSessionExpiry().send();
        assertThat(answer.getAssignedClientIdentifier().orElseThrow().toString())
                .startsWith("hist-");
        assertThat(answer.getSessionExpiryInterval()).hasValue(2_592_000L);
        client.disconnect();
    }

    @Test
    void aRevokedLoginIsThrownOutWithinASecondAndItsSessionForgotten() throws Exception {
        Mqtt3BlockingClient client = plant.client("press-1", "press-1");
        client.connectWith().cleanSession(false).send();
        client.subscribeWith().topicFilter("commands/press-1/#").send();
        identity.end("press-1", End.REVOKED);
        await().atMost(Duration.ofSeconds(1)).until(() -> client.getState() == MqttClientState.DISCONNECTED);
        assertThatThrownBy(client::connect).isInstanceOf(Mqtt3ConnAckException.class);
        identity.device("press-1");
        await().untilAsserted(() -> assertThat(plant.engine.publish(
                        new io.dinrail.messaging.api.Message("commands/press-1", new byte[0], 1, false)))
                .isZero());
    }

    @Test
    void aKickedClientMayComeBack() {
        Mqtt3BlockingClient client = plant.connected("press-1");
        assertThat(plant.engine.kick("press-1")).isTrue();
        assertThat(plant.engine.kick("nobody")).isFalse();
        await().until(() -> client.getState() == MqttClientState.DISCONNECTED);
        client.connect();
        client.disconnect();
    }

    @Test
    void tlsServesTheSame() {
        Mqtt3BlockingClient client = plant.builder("press-1", "press-1")
                .serverPort(plant.tlsPort())
                .sslConfig()
                .trustManagerFactory(plant.keys.trust())
                .applySslConfig()
                .buildBlocking();
        client.connect();
        try (Mqtt3BlockingClient.Mqtt3Publishes received = client.publishes(MqttGlobalPublishFilter.ALL)) {
            assertThat(plant.engine.sessions()).hasSize(1);
        }
        client.disconnect();
    }

    @Test
    void plaintextOnTheTlsPortIsClosed() throws Exception {
        try (Raw raw = new Raw(plant.tlsPort())) {
            raw.connect("press-1", "press-1", 2);
            String first = raw.answer();
            assertThat(first)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEqualTo("closed"),
                            text -> assertThat(text).startsWith("15")); // an alert
        }
    }
}
