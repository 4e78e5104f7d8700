package io.dinrail.broker.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.dinrail.broker.internal.session.BrokerSettings;
import io.dinrail.broker.internal.session.Durabilities;
import io.dinrail.broker.internal.store.Durability;
import io.dinrail.broker.internal.store.LogSettings;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a site may choose, in force. */
final class ChoicesTest {
    /** Nothing is forced that nobody asks for. */
    private static final StoreSettings NEVER_BY_ITSELF = new StoreSettings(
            new LogSettings(64 << 20, 32 << 20, Duration.ZERO, Duration.ofHours(1), Duration.ofMillis(200)),
            1L << 30,
            0.5,
            Duration.ofHours(1));

    private static final Durabilities LAX_FOR_ONE =
            new Durabilities(Durability.FORCED, Map.of("lax", Durability.WRITTEN));

    private final CountingDisk disk = new CountingDisk(new MemoryDisk());

    private TestEngine engine(Durabilities durability, int subscriptions, int topicAliases) throws IOException {
        BrokerSettings usual = BrokerSettings.DEFAULT;
        BrokerSettings settings = new BrokerSettings(
                durability,
                usual.queueMessages(),
                usual.queueBytes(),
                true,
                usual.largestPacket(),
                BrokerSettings.Publishing.ANY,
                usual.inflight(),
                usual.longestSession(),
                subscriptions,
                usual.retainedMessages(),
                usual.retainedBytes(),
                usual.grace(),
                topicAliases);
        return new TestEngine(disk, NEVER_BY_ITSELF, settings, 0);
    }

    private static Mqtt5BlockingClient client(TestEngine engine, String organisation, String name) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(name)
                .serverAddress(engine.address())
                .simpleAuth()
                .username(name + "@" + organisation)
                .password("secret".getBytes(UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private static void subscribe(Mqtt5BlockingClient client, String filter) {
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    /** Forces until a message to an absent client was acknowledged. */
    private long forcesForAMessage(TestEngine engine, String organisation) {
        Mqtt5BlockingClient absent = client(engine, organisation, "absent");
        absent.connectWith().cleanStart(true).sessionExpiryInterval(600).send();
        subscribe(absent, "a");
        absent.disconnect();
        Mqtt5BlockingClient publisher = client(engine, organisation, "publisher");
        publisher.connect();
        long before = disk.forces();
        publisher
                .publishWith()
                .topic("a")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(new byte[] {1})
                .send();
        long forces = disk.forces() - before;
        publisher.disconnect();
        return forces;
    }

    @Test
    void onlyAnOrganisationThatWantsItWaitsForTheDisk() throws IOException {
        try (TestEngine engine = engine(LAX_FOR_ONE, 0, 0)) {
            assertThat(forcesForAMessage(engine, "lax")).isZero();
            assertThat(forcesForAMessage(engine, "strict")).isPositive();
        }
    }

    @Test
    void aSessionHasAsManySubscriptionsAsItMay() throws IOException {
        try (TestEngine engine = engine(Durabilities.FORCED, 2, 0)) {
            Mqtt5BlockingClient client = client(engine, "any", "press");
            client.connect();
            subscribe(client, "a");
            subscribe(client, "b");
            Mqtt5SubAckException refused =
                    catchThrowableOfType(Mqtt5SubAckException.class, () -> subscribe(client, "c"));
            assertThat(refused.getMqttMessage().getReasonCodes()).containsExactly(Mqtt5SubAckReasonCode.QUOTA_EXCEEDED);
            client.disconnect();
        }
    }

    @Test
    void topicAliasesAreOfferedAsManyAsTheSiteWants() throws IOException {
        for (int offered : new int[] {0, 7}) {
            try (TestEngine engine = engine(Durabilities.FORCED, 0, offered)) {
                Mqtt5BlockingClient client = client(engine, "any", "press");
                Mqtt5ConnAck connack = client.connect();
                assertThat(connack.getRestrictions().getTopicAliasMaximum()).isEqualTo(offered);
                client.disconnect();
            }
        }
    }
}
