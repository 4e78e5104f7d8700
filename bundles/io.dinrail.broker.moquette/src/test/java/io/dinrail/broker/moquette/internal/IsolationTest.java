package io.dinrail.broker.moquette.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.dinrail.event.api.DevicePresence;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.messaging.api.Message;
import io.dinrail.messaging.api.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal names, client ids, topics and groups in two organisations, judged by what is delivered. */
class IsolationTest {
    private static final String ORG = "org_a2b3c4d5e6f7";
    private static final String OTHER = "hist@" + ORG;

    @TempDir
    Path folder;

    private final FakeIdentity identity = new FakeIdentity()
            .device("press-1")
            .backend("hist")
            .device("press-1@" + ORG)
            .backend(OTHER);
    private final List<Mqtt5BlockingClient> clients = new ArrayList<>();
    private Plant plant;

    @BeforeEach
    void open() throws Exception {
        plant = new Plant(folder, identity);
    }

    @AfterEach
    void close() {
        plant.close();
    }

    private Mqtt5BlockingClient connected(String clientId, String login) {
        Mqtt5BlockingClient client = plant.client5(clientId, login);
        client.connect();
        clients.add(client);
        return client;
    }

    private static void publish(Mqtt5BlockingClient client, String topic, String payload, boolean retain) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .payload(payload.getBytes(UTF_8))
                .send();
    }

    private static String next(Mqtt5Publishes received) throws InterruptedException {
        Optional<Mqtt5Publish> message = received.receive(5, TimeUnit.SECONDS);
        return message.map(one -> one.getTopic() + " " + new String(one.getPayloadAsBytes(), UTF_8))
                .orElse("nothing");
    }

    @Test
    void equalNamesAndClientIdsAreTwoClientsAndNeitherTakesTheOtherOver() {
        connected("press-1", "press-1");
        connected("press-1", "press-1@" + ORG);
        assertThat(plant.engine.sessions())
                .extracting(Session::clientId, Session::username)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("press-1", "press-1"),
                        org.assertj.core.groups.Tuple.tuple("press-1@" + ORG, "press-1@" + ORG));
        assertThat(clients).allMatch(client -> client.getState().isConnected());
        assertThat(plant.engine.kick("press-1@" + ORG)).isTrue();
        await().until(() -> !clients.get(1).getState().isConnected());
        assertThat(clients.get(0).getState().isConnected()).isTrue();
    }

    @Test
    void theWidestFilterOfOneHearsNothingOfTheOther() throws Exception {
        Mqtt5BlockingClient ours = connected("hist", "hist");
        Mqtt5BlockingClient theirs = connected("hist", OTHER);
        try (Mqtt5Publishes here = ours.publishes(MqttGlobalPublishFilter.ALL);
                Mqtt5Publishes there = theirs.publishes(MqttGlobalPublishFilter.ALL)) {
            for (Mqtt5BlockingClient client : clients) {
                client.subscribeWith().topicFilter("#").send();
                client.subscribeWith().topicFilter("+/+").send();
            }
            publish(theirs, "telemetry/press-1", "theirs", false);
            publish(ours, "telemetry/press-1", "ours", false);
            plant.engine.publish(new Message("telemetry/press-1", "platform".getBytes(UTF_8), 1, false));
            assertThat(next(here)).isEqualTo("telemetry/press-1 ours");
            assertThat(next(here)).isEqualTo("telemetry/press-1 platform");
            publish(theirs, "telemetry/press-1", "more", false);
            assertThat(next(there)).isEqualTo("telemetry/press-1 theirs");
            assertThat(next(there)).isEqualTo("telemetry/press-1 more");
            assertThat(here.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
        }
    }

    @Test
    void retainedMessagesStayWhereTheyWereLeft() throws Exception {
        publish(connected("hist", OTHER), "site/name", "theirs", true);
        publish(connected("hist", "hist"), "site/name", "ours", true);
        Mqtt5BlockingClient ours = connected("hist-2", "hist");
        try (Mqtt5Publishes here = ours.publishes(MqttGlobalPublishFilter.ALL)) {
            ours.subscribeWith().topicFilter("#").send();
            assertThat(next(here)).isEqualTo("site/name ours");
            assertThat(here.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
        }
        Mqtt5BlockingClient theirs = connected("hist-2", OTHER);
        try (Mqtt5Publishes there = theirs.publishes(MqttGlobalPublishFilter.ALL)) {
            theirs.subscribeWith().topicFilter("site/#").send();
            assertThat(next(there)).isEqualTo("site/name theirs");
        }
    }

    @Test
    void groupsOfOneNameShareNothing() throws Exception {
        Mqtt5BlockingClient ours = connected("hist", "hist");
        Mqtt5BlockingClient theirs = connected("hist", OTHER);
        try (Mqtt5Publishes here = ours.publishes(MqttGlobalPublishFilter.ALL);
                Mqtt5Publishes there = theirs.publishes(MqttGlobalPublishFilter.ALL)) {
            ours.subscribeWith().topicFilter("$share/g/a/#").send();
            theirs.subscribeWith().topicFilter("$share/g/a/#").send();
            for (int i = 0; i < 10; i++) {
                publish(theirs, "a/b", "theirs " + i, false);
                publish(ours, "a/b", "ours " + i, false);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(next(here)).isEqualTo("a/b ours " + i);
                assertThat(next(there)).isEqualTo("a/b theirs " + i);
            }
        }
    }

    @Test
    void willsPresenceAndListenersInsideAreTheDefaultOrganisations() throws Exception {
        Heard heard = new Heard();
        plant.audience.add(heard, "#");
        Mqtt5BlockingClient ours = connected("hist", "hist");
        Mqtt5BlockingClient theirs = connected("hist", OTHER);
        try (Mqtt5Publishes here = ours.publishes(MqttGlobalPublishFilter.ALL);
                Mqtt5Publishes there = theirs.publishes(MqttGlobalPublishFilter.ALL)) {
            ours.subscribeWith().topicFilter("#").send();
            theirs.subscribeWith().topicFilter("#").send();
            try (Raw raw = plant.raw()) {
                raw.connect("press-1", "press-1@" + ORG, 0x02 | 0x04 | 0x08, "devices/press-1/status", "offline");
                assertThat(raw.answer()).isEqualTo("20 0000");
                await().until(() -> plant.engine.sessions().size() == 3);
            }
            assertThat(next(there)).isEqualTo("devices/press-1/status offline");
            assertThat(here.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
        }
        assertThat(heard.texts()).isEmpty();
        assertThat(plant.bus.events(DevicePresence.class)).isEmpty();
    }

    @Test
    void sessionsOfBothSurviveARestartApartAndOneRevocationEndsOneOfThem() throws Exception {
        for (String login : List.of("press-1", "press-1@" + ORG)) {
            Mqtt5BlockingClient client = plant.client5("press-1", login);
            client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
            client.subscribeWith().topicFilter("commands/press-1/#").send();
            client.disconnect();
        }
        await().until(() -> plant.engine.sessions().isEmpty());
        publish(connected("hist", OTHER), "commands/press-1/x", "theirs", false);
        publish(connected("hist", "hist"), "commands/press-1/x", "ours", false);
        plant.close();
        plant = new Plant(folder, identity);
        identity.end("press-1", End.REVOKED);
        plant.engine.revoke("press-1");
        identity.device("press-1");
        Mqtt5BlockingClient theirs = plant.client5("press-1", "press-1@" + ORG);
        try (Mqtt5Publishes there = theirs.publishes(MqttGlobalPublishFilter.ALL)) {
            assertThat(theirs.connectWith().cleanStart(false).send().isSessionPresent())
                    .isTrue();
            assertThat(next(there)).isEqualTo("commands/press-1/x theirs");
        }
        Mqtt5BlockingClient ours = plant.client5("press-1", "press-1");
        assertThat(ours.connectWith().cleanStart(false).send().isSessionPresent())
                .isFalse();
    }

    @Test
    void aRevocationInAnotherOrganisationReachesItsSessionsBeforeAnybodyLoggedInThere() throws Exception {
        Mqtt5BlockingClient client = plant.client5("press-1", "press-1@" + ORG);
        client.connectWith().cleanStart(false).sessionExpiryInterval(600).send();
        client.disconnect();
        await().until(() -> plant.engine.sessions().isEmpty());
        plant.close();
        plant = new Plant(folder, identity);
        plant.engine.revoke("press-1@" + ORG);
        Mqtt5BlockingClient again = plant.client5("press-1", "press-1@" + ORG);
        assertThat(again.connectWith().cleanStart(false).send().isSessionPresent())
                .isFalse();
    }
}
