package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.session.BrokerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One that publishes as fast as it can and has no limit, without and with somebody beside it who publishes little. */
class FairRateTest {
    private static final int ENOUGH = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestEngine engine;
    private Device flood;
    private Device sensor;
    private int heard;

    @BeforeEach
    void connect() throws IOException {
        engine = new TestEngine(folder, settings(), 0);
        flood = new Device("flood", MqttVersion.V5);
        flood.connect(engine.address());
        sensor = new Device("sensor", MqttVersion.V5).hears(one -> heard++);
        sensor.connect(engine.address());
    }

    /** Nobody has a limit but the fair rate, which a flood goes beyond on any machine. */
    private static BrokerSettings settings() {
        BrokerSettings usual = BrokerSettings.DEFAULT;
        return new BrokerSettings(
                usual.durability(),
                usual.queueMessages(),
                usual.queueBytes(),
                usual.dropsOldest(),
                usual.largestPacket(),
                new BrokerSettings.Publishing(0, 0, 100),
                usual.inflight(),
                usual.longestSession(),
                usual.subscriptions(),
                usual.retainedMessages(),
                usual.retainedBytes(),
                usual.grace(),
                usual.topicAliases());
    }

    @AfterEach
    void close() {
        sensor.close();
        flood.close();
        engine.close();
    }

    @Test
    void alonePublishesUnhinderedAndBesideASensorItIsReadFromMoreSlowlyAndLosesNothing() throws IOException {
        publish(ENOUGH);
        assertThat(engine.losses()).doesNotContainKey("publish.slowed");
        sensor.publish("sensor/value", "1", 1, false);
        sensor.finish();
        Instant end = Instant.now().plus(PATIENCE);
        while (!engine.losses().containsKey("publish.slowed") && Instant.now().isBefore(end)) {
            publish(1);
        }
        assertThat(engine.losses()).containsKey("publish.slowed");
        sensor.subscribe("flood/#", 1);
        int published = publish(10);
        while (heard < published && sensor.step(Wire.PATIENCE)) {
            // until all is there, or nothing comes any more
        }
        assertThat(heard).isEqualTo(published);
        assertThat(engine.losses()).containsOnlyKeys("publish.slowed");
    }

    private int publish(int many) throws IOException {
        for (int i = 0; i < many; i++) {
            flood.publish("flood/value", "x", 1, false);
            flood.step(flood.unfinished() < 50 ? 0 : Wire.PATIENCE);
        }
        flood.finish();
        return many;
    }
}
