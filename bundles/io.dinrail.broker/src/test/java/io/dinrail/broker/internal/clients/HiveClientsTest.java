package io.dinrail.broker.internal.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only MQTT 5 has, from the HiveMQ client to itself and to Paho, and back. */
@Timeout(60)
final class HiveClientsTest {
    private static final List<String> NAMES = List.of("unit", "site", "unit", "", "unit");
    private static final List<String> VALUES = List.of("bar", "Ulm", "kPa", "", "bar");

    @TempDir
    Path folder;

    private Server server;
    private Hive5 hive;

    @BeforeEach
    void start() throws Exception {
        server = new Server(folder);
        hive = new Hive5(Login.brief(server.address(), "hive"));
        hive.connect();
    }

    @AfterEach
    void stop() {
        hive.close();
        server.close();
    }

    private static Mqtt5UserProperties properties() {
        return Mqtt5UserProperties.of(IntStream.range(0, NAMES.size())
                .mapToObj(at -> Mqtt5UserProperty.of(NAMES.get(at), VALUES.get(at)))
                .toList());
    }

    private static List<UserProperty> pahoProperties() {
        return IntStream.range(0, NAMES.size())
                .mapToObj(at -> new UserProperty(NAMES.get(at), VALUES.get(at)))
                .toList();
    }

    @Test
    void everyPropertyArrivesAsItWasGiven() {
        hive.subscribe("telemetry/#", 2);
        Mqtt5Publish given = Mqtt5Publish.builder()
                .topic("telemetry/press-1")
                .qos(MqttQos.EXACTLY_ONCE)
                .payload("{}".getBytes(UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType("application/json")
                .responseTopic("answers/press-1")
                .correlationData(new byte[] {0, -1, 127})
                .userProperties(properties())
                .build();
        hive.hive().publish(given);
        await().until(() -> !hive.publishes().isEmpty());
        assertThat(hive.publishes()).containsExactly(given);
    }

    @Test
    void userPropertiesKeepTheirOrderBetweenTheLibraries() throws Exception {
        try (Paho5 paho = new Paho5(Login.brief(server.address(), "paho"))) {
            paho.connect();
            paho.subscribe("to/paho", 1);
            hive.subscribe("to/hive", 1);
            hive.hive()
                    .publishWith()
                    .topic("to/paho")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .userProperties(properties())
                    .send();
            MqttProperties own = new MqttProperties();
            own.setUserProperties(pahoProperties());
            paho.publish("to/hive", new MqttMessage(new byte[0], 1, false, own));
            await().until(() -> !paho.messages().isEmpty() && !hive.publishes().isEmpty());
            assertThat(paho.messages().get(0).getProperties().getUserProperties())
                    .isEqualTo(pahoProperties());
            assertThat(hive.publishes().get(0).getUserProperties()).isEqualTo(properties());
        }
    }

    @Test
    void everyAnswerFindsItsRequest() throws Exception {
        try (Paho5 paho = new Paho5(Login.brief(server.address(), "paho"))) {
            paho.connect();
            paho.subscribe("requests/#", 1);
            hive.subscribe("answers/hive", 1);
            for (byte number = 0; number < 5; number++) {
                ask(number);
            }
            await().until(() -> paho.messages().size() == 5);
            for (int number = 4; number >= 0; number--) {
                answer(paho, paho.messages().get(number));
            }
            await().until(() -> hive.publishes().size() == 5);
            assertThat(hive.publishes())
                    .allSatisfy(answer -> assertThat(answer.getCorrelationData())
                            .contains(ByteBuffer.wrap(new byte[] {answer.getPayloadAsBytes()[0], -1})));
        }
    }

    private void ask(byte number) {
        hive.hive()
                .publishWith()
                .topic("requests/sum")
                .qos(MqttQos.AT_LEAST_ONCE)
                .responseTopic("answers/hive")
                .correlationData(new byte[] {number, -1})
                .payload(new byte[] {number})
                .send();
    }

    private static void answer(Paho5 paho, MqttMessage request) throws Exception {
        MqttProperties properties = new MqttProperties();
        properties.setCorrelationData(request.getProperties().getCorrelationData());
        paho.publish(
                request.getProperties().getResponseTopic(),
                new MqttMessage(request.getPayload(), 1, false, properties));
    }
}
