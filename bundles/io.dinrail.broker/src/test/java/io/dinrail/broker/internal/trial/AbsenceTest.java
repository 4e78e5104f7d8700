package io.dinrail.broker.internal.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.protocol.Will;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a client may be away that was there when the broker was killed, over one restart after the other. */
final class AbsenceTest {
    private static final long SECOND = 1000;
    private static final Will WILL =
            new Will(TopicName.of("gone"), "press".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false, Properties.NONE);

    private final Hands clock = new Hands();
    private final List<String> heard = new ArrayList<>();
    private final List<Device> present = new ArrayList<>();
    private MemoryDisk disk = new MemoryDisk();
    private TestEngine engine = start();

    private TestEngine start() {
        try {
            return new TestEngine(disk, StoreSettings.DEFAULT, Victim.unlimited(0), 0, clock);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** What is stored before something that is acknowledged is stored, too. */
    private void killedAndStartedAgain() throws IOException {
        try (Device other = new Device("other", MqttVersion.V5)) {
            other.connect(engine.address(), true, 0, Optional.empty());
            other.publish("kept", "something", 1, true);
            other.finish();
        }
        TestEngine dead = engine;
        disk = disk.afterKill();
        present.forEach(Device::drop);
        dead.close();
        engine = start();
    }

    private void connect(String clientId, long expiry, Optional<Will> will) throws IOException {
        Device device = new Device(clientId, MqttVersion.V5);
        device.connect(engine.address(), true, expiry, will);
        device.ping();
        present.add(device);
    }

    @Test
    void itsSessionExpiresCountedFromTheFirstRestart() throws Exception {
        connect("press", 1_000, Optional.empty());
        killedAndStartedAgain();
        clock.turn(600 * SECOND);
        killedAndStartedAgain();
        assertThat(engine.broker().sessionCount()).isOne();
        clock.turn(600 * SECOND);
        killedAndStartedAgain();
        await().atMost(Duration.ofMillis(Wire.PATIENCE))
                .until(() -> engine.broker().sessionCount() == 0);
    }

    @Test
    void itHasTheWholeGraceAfterEachRestartBeforeItsWillIsPublished() throws Exception {
        connect("short", 90, Optional.empty());
        connect("press", 1_000, Optional.of(WILL));
        killedAndStartedAgain();
        clock.turn(50 * SECOND);
        killedAndStartedAgain();
        clock.turn(50 * SECOND);
        killedAndStartedAgain();
        // What is due is seen to in the order of the newest first, so a will that was due is out now.
        await().atMost(Duration.ofMillis(Wire.PATIENCE))
                .until(() -> engine.broker().sessionCount() == 1);
        try (Device watcher = new Device("watcher", MqttVersion.V5).hears(will -> heard.add(will.text()));
                Device press = new Device("press", MqttVersion.V5)) {
            watcher.connect(engine.address());
            watcher.subscribe("gone", 1);
            assertThat(press.connect(engine.address(), false, 1_000, Optional.of(WILL))
                            .sessionPresent())
                    .isTrue();
            press.disconnect();
            press.connect(engine.address(), false, 1_000, Optional.of(WILL));
            press.drop();
            assertThat(watcher.step(Wire.PATIENCE)).isTrue();
            watcher.ping();
            assertThat(heard).containsExactly("press");
        }
    }
}
