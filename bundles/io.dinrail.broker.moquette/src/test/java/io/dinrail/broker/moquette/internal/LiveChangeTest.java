package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.messaging.api.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections and sessions when rights change under them. */
class LiveChangeTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final FakeIdentity.Rules NOTHING = (action, topic) -> false;

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

    private int routed(String topic) {
        return plant.engine.publish(new Message(topic, "x".getBytes(UTF_8), 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"commands/press-1/#", "$share/g/commands/press-1/#"})
    void version5IsDisconnectedWhenASubscriptionIsNotCoveredAnyMore(String filter) throws Exception {
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
        client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        client.subscribeWith().topicFilter(filter).send();
        assertThat(routed("commands/press-1/x")).isEqualTo(1);
        identity.change("press-1", NOTHING);
        await().atMost(A_SECOND).until(() -> plant.farewells.contains("NOT_AUTHORIZED"));
        await().atMost(A_SECOND).until(() -> routed("commands/press-1/x") == 0);
    }

    @Test
    void version311StaysConnectedWithoutTheSubscription() throws Exception {
        Mqtt3BlockingClient client = plant.connected("press-1");
        client.subscribeWith().topicFilter("commands/press-1/#").send();
        client.subscribeWith().topicFilter("commands/press-1/config").send();
        identity.change("press-1", (action, topic) -> topic.endsWith("config"));
        await().atMost(A_SECOND).until(() -> routed("commands/press-1/x") == 0);
        assertThat(routed("commands/press-1/config")).isEqualTo(1);
        assertThat(client.getState().isConnected()).isTrue();
    }

    @Test
    void whatIsStillCoveredDisturbsNobody() throws Exception {
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
        client.connect();
        client.subscribeWith().topicFilter("commands/press-1/#").send();
        identity.change("press-1", FakeIdentity.ofDevice("press-1"));
        client.publishWith()
                .topic("telemetry/press-1/t")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        assertThat(routed("commands/press-1/x")).isEqualTo(1);
        assertThat(client.getState().isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionThatWasAwayFindsOnlyWhatIsStillCovered(boolean restarted) throws Exception {
        for (String filter : new String[] {"commands/press-1/#", "$share/g/commands/press-1/#"}) {
            Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
            client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
            client.subscribeWith().topicFilter(filter).send();
            client.disconnect();
        }
        await().until(() -> plant.engine.sessions().isEmpty());
        if (restarted) {
            plant.close();
            plant = new Plant(folder, identity);
        }
        assertThat(routed("commands/press-1/x")).isEqualTo(2);
        identity.change("press-1", NOTHING);
        Mqtt5BlockingClient back = plant.client5("press-1", "press-1");
        back.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        assertThat(routed("commands/press-1/x")).isZero();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void whoseAccessEndsIsGoneWithinASecondAndOnlyARevokedSessionGoesToo(End why) throws Exception {
        Mqtt3BlockingClient client = plant.client("press-1", "press-1");
        client.connectWith().cleanSession(false).send();
        client.subscribeWith().topicFilter("commands/press-1/#").send();
        Mqtt3BlockingClient other = plant.connected("press-2");
        identity.end("press-1", why);
        await().atMost(A_SECOND).until(() -> !client.getState().isConnected());
        await().atMost(A_SECOND).until(() -> routed("commands/press-1/x") == (why == End.REVOKED ? 0 : 1));
        assertThat(other.getState().isConnected()).isTrue();
        assertThat(identity.admitted.get(0).closed).isTrue();
    }

    @Test
    void version5IsToldThatItsAccessEnded() throws Exception {
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
        client.connect();
        identity.end("press-1", End.DISABLED);
        await().atMost(A_SECOND).until(() -> plant.farewells.contains("NOT_AUTHORIZED"));
    }

    @Test
    void nothingOfARevokedPublisherArrivesAfterTheRevocation() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "telemetry/#");
        try (Raw raw = plant.raw()) {
            assertThat(raw.connect("press-1", "press-1", 2).answer()).isEqualTo("20 0000");
            assertThat(raw.publish(0x32, "telemetry/press-1/t", 1, "before").answer())
                    .isEqualTo("40 0001");
            identity.end("press-1", End.REVOKED);
            raw.publish(0x32, "telemetry/press-1/t", 2, "after");
            String answer = raw.answer();
            if (answer.equals("40 0002")) { // it came in time to be refused as any other
                answer = raw.answer();
            }
            assertThat(answer).isEqualTo("closed");
        }
        assertThat(heard.texts()).containsExactly("press-1 telemetry/press-1/t before");
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void aWillIsPublishedWhenTimeRanOutAndNotWhenTrustDid(End why) throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "devices/#");
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", 0x02 | 0x04 | 0x08, "devices/press-1/status", "offline");
            assertThat(raw.answer()).isEqualTo("20 0000");
            await().until(() -> plant.engine.sessions().size() == 1);
            raw.subscribe(1, 0, "commands/press-1/#");
            assertThat(raw.answer()).startsWith("90");
            identity.end("press-1", why);
            assertThat(raw.answer()).isEqualTo("closed");
        }
        await().until(() -> identity.admitted.get(0).closed);
        assertThat(heard.texts()).hasSize(why == End.EXPIRED ? 1 : 0);
    }

    @Test
    void aWillThatItMayNotPublishAnyMoreIsDropped() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "devices/#");
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", 0x02 | 0x04 | 0x08, "devices/press-1/status", "offline");
            assertThat(raw.answer()).isEqualTo("20 0000");
            raw.subscribe(1, 0, "commands/press-1/#");
            assertThat(raw.answer()).startsWith("90");
            identity.change("press-1", (action, topic) -> action == Action.SUBSCRIBE);
        }
        await().until(() -> identity.admitted.get(0).closed);
        assertThat(heard.texts()).isEmpty();
        assertThat(plant.lost("will.refused")).isEqualTo(1);
    }

    @Test
    void aDelayedWillWaitsForItsClientToComeBack() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "devices/#");
        Mqtt5BlockingClient client = willing(1);
        plant.engine.kick("press-1");
        await().until(() -> plant.engine.sessions().isEmpty());
        assertThat(heard.texts()).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> heard.texts().size() == 1);
        assertThat(client.getState().isConnected()).isFalse();
        willing(600);
        plant.engine.kick("press-1");
        await().until(() -> plant.engine.sessions().isEmpty());
        Mqtt5BlockingClient back = plant.client5("press-1", "press-1");
        back.connectWith().cleanStart(true).send(); // ends the session, and with it the wait
        await().until(() -> heard.texts().size() == 2);
    }

    private Mqtt5BlockingClient willing(int delay) {
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(600)
                .willPublish()
                .topic("devices/press-1/status")
                .payload("offline".getBytes(UTF_8))
                .delayInterval(delay)
                .applyWillPublish()
                .send();
        return client;
    }

    @Test
    void aSessionOfAnEarlierCredentialOfTheSameNameIsNotHandedOn() throws Exception {
        identity.of("press-1").issuedAt = Instant.EPOCH.plusSeconds(3_600);
        Mqtt3BlockingClient client = plant.client("press-1", "press-1");
        client.connectWith().cleanSession(false).send();
        client.subscribeWith()
                .topicFilter("commands/press-1/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        client.disconnect();
        await().until(() -> plant.engine.sessions().isEmpty());
        assertThat(routed("commands/press-1/x")).isEqualTo(1);
        plant.close(); // and hears of no revocation
        identity.of("press-1").issuedAt = Instant.EPOCH.plusSeconds(7_200);
        plant = new Plant(folder, identity);
        Mqtt3BlockingClient successor = plant.client("press-1", "press-1");
        assertThat(successor.connectWith().cleanSession(false).send().isSessionPresent())
                .isFalse();
    }

    @Test
    void aSessionStaysNoLongerThanWhoseItIs() throws Exception {
        identity.of("press-1").until = Optional.of(Instant.now().plusSeconds(90));
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1");
        assertThat(client.connectWith()
                        .noSessionExpiry()
                        .send()
                        .getSessionExpiryInterval()
                        .orElse(0))
                .isBetween(80L, 90L);
        client.disconnect();
        identity.of("press-1").until = Optional.of(Instant.now().plusSeconds(2));
        Mqtt3BlockingClient kept = plant.client("press-1", "press-1");
        kept.connectWith().cleanSession(false).send();
        kept.subscribeWith().topicFilter("commands/press-1/#").send();
        kept.disconnect();
        assertThat(routed("commands/press-1/x")).isEqualTo(1);
        await().atMost(Duration.ofSeconds(8)).until(() -> routed("commands/press-1/x") == 0);
    }
}
