package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.dinrail.broker.front.Bounds;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Admission;
import io.dinrail.messaging.api.Session;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way in: what identity is asked, and what its answers do. */
class EntranceTest {
    private static final String OK = "20 0000";
    private static final byte[] ANONYMOUS = {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'x'};

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
    void aLoginThatTakesTimeHoldsNobodyElseUpAndItsPacketsWait() throws Exception {
        CompletableFuture<Void> answer = identity.hold();
        try (Raw slow = plant.raw();
                Raw other = plant.raw()) {
            slow.connect("press-1", "press-1", 2)
                    .subscribe(3, 0, "commands/press-1/#")
                    .publish(0x32, "telemetry/press-1/t", 4, "early");
            await().until(() -> identity.attempts.size() == 1);
            identity.held = Optional.empty();
            assertThat(other.connect("press-2", "press-2", 2).answer()).isEqualTo(OK);
            assertThat(plant.engine.sessions()).extracting(Session::clientId).containsExactly("press-2");
            answer.complete(null); // on a thread that isn't the connection's
            assertThat(slow.answer()).isEqualTo(OK);
            assertThat(slow.answer()).isEqualTo("90 000300");
            assertThat(slow.answer()).isEqualTo("40 0004");
        }
    }

    @Test
    void whoLeavesBeforeTheAnswerIsLetOutAgain() throws Exception {
        CompletableFuture<Void> answer = identity.hold();
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", 2);
            await().until(() -> identity.attempts.size() == 1);
        }
        try (Raw next = plant.raw()) { // read after the other's end
            next.connect("press-2", "press-2", 2);
            await().until(() -> identity.attempts.size() == 2);
        }
        answer.complete(null);
        await().until(() ->
                identity.admitted.size() == 2 && identity.admitted.stream().allMatch(one -> one.closed));
        assertThat(plant.engine.sessions()).isEmpty();
    }

    @Test
    void anAccessIsClosedWhenItsConnectionEnds() throws Exception {
        plant.connected("press-1").disconnect();
        await().until(() -> identity.admitted.get(0).closed);
        assertThatThrownBy(() -> plant.client("press-2", "press-1").connect()).isNotNull();
        await().until(() -> identity.admitted.get(1).closed);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG, 04, BAD_USER_NAME_OR_PASSWORD, login.refused",
        "BARRED, 05, NOT_AUTHORIZED, login.barred",
        "THROTTLED, 03, CONNECTION_RATE_EXCEEDED, login.throttled",
        "UNAVAILABLE, 03, SERVER_UNAVAILABLE, identity.failed"
    })
    void eachRefusalHasItsCode(Admission.Reason reason, String version3, String version5, String loss)
            throws Exception {
        identity.refusal = Optional.of(reason);
        try (Raw raw = plant.raw()) {
            assertThat(raw.connect("press-1", "press-1", 2).answer()).isEqualTo("20 00" + version3);
            assertThat(raw.answer()).isEqualTo("closed");
        }
        assertThatThrownBy(() -> plant.client5("press-1", "press-1").connect())
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        e -> assertThat(e.getMqttMessage().getReasonCode()).hasToString(version5));
        assertThat(plant.lost(loss)).isEqualTo(2);
    }

    @Test
    void identityHearsTheAddressAndTheSecretAndTheEngineNeither() throws Exception {
        plant.connected("press-1").disconnect();
        assertThat(identity.attempts)
                .singleElement()
                .satisfies(attempt -> assertThat(
                                attempt.login() + " " + new String(attempt.secret(), UTF_8) + " " + attempt.address())
                        .isEqualTo("press-1 press-1-secret 127.0.0.1"));
    }

    @Test
    void anAccessThatEndsBeforeTheClientIsInKeepsItOut() throws Exception {
        try (Raw raw = plant.raw()) {
            assertThat(raw.connect("press-1", "press-1", 2).answer()).isEqualTo(OK);
            identity.end("press-1", End.EXPIRED);
            identity.end("press-1", End.EXPIRED);
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }

    @Test
    void aCertificateIsALoginOfItsOwn() {
        Mqtt3BlockingClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("press-1")
                .serverHost("127.0.0.1")
                .serverPort(plant.tlsPort())
                .sslConfig()
                .trustManagerFactory(plant.keys.trust())
                .keyManagerFactory(plant.keys.clientKeys())
                .applySslConfig()
                .buildBlocking();
        client.connect();
        assertThat(plant.engine.sessions()).extracting(Session::username).containsExactly("press-1");
        assertThat(identity.attempts.get(0).login()).isEmpty();
        client.publishWith()
                .topic("telemetry/press-1/t")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        client.disconnect();
    }

    @Test
    void whoHasNoLoginStaysOutUnlessTheOperatorSaysOtherwise() throws Exception {
        try (Raw raw = plant.raw()) {
            assertThat(raw.send(0x10, ANONYMOUS).answer()).isEqualTo("20 0004");
        }
        plant.close();
        plant = new Plant(Plant.settings(folder, "laboratory", 0, new Bounds.Rate(0, 0)), identity);
        try (Raw raw = plant.raw()) {
            assertThat(raw.send(0x10, ANONYMOUS).answer()).isEqualTo(OK);
            assertThat(raw.subscribe(1, 0, "a/#").answer()).isEqualTo("90 000100");
            assertThat(raw.publish(0x32, "a/b", 2, "x").answer()).isNotEqualTo("closed");
            try (Raw guesser = plant.raw()) {
                assertThat(guesser.connect("y", "nobody", 2).answer()).isEqualTo("20 0004");
            }
        }
        Mqtt3BlockingClient overTls = MqttClient.builder()
                .useMqttVersion3()
                .identifier("z")
                .serverHost("127.0.0.1")
                .serverPort(plant.tlsPort())
                .sslConfig()
                .trustManagerFactory(plant.keys.trust())
                .applySslConfig()
                .buildBlocking();
        assertThatThrownBy(overTls::connect).isNotNull();
    }

    @Test
    void somebodyWithoutALoginCantTakeOverWhoseNameNeededProof() throws Exception {
        identity.backend("anonymous", "*");
        plant.close();
        plant = new Plant(Plant.settings(folder, "laboratory", 0, new Bounds.Rate(0, 0)), identity);
        Mqtt3BlockingClient named = plant.client("x", "anonymous");
        named.connect();
        try (Raw raw = plant.raw()) {
            assertThat(raw.send(0x10, ANONYMOUS).answer()).isEqualTo("20 0002");
        }
        assertThat(named.getState().isConnected()).isTrue();
    }

    @Test
    void oneRefusalTooManyClosesTheConnection() throws Exception {
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", 2);
            assertThat(raw.answer()).isEqualTo(OK);
            assertThat(raw.subscribe(1, 0, "#").answer()).isEqualTo("90 000180");
            identity.tooManyRefusals = true;
            assertThat(raw.publish(0x32, "telemetry/press-2/t", 5, "1").answer())
                    .isEqualTo("40 0005");
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }

    @Test
    void anOrganisationMayCloseOnTheFirstRefusedPublish() throws Exception {
        plant.strict.add("default");
        try (Raw raw = plant.raw()) {
            raw.connect("press-1", "press-1", 2);
            assertThat(raw.answer()).isEqualTo(OK);
            assertThat(raw.subscribe(1, 0, "#").answer()).isEqualTo("90 000180");
            raw.publish(0x30, "telemetry/press-2/t", 0, "1");
            assertThat(raw.answer()).isEqualTo("closed");
        }
    }
}
