package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While the disk hangs, only those wait who publish what has to be stored; they are read from no further, and nothing of theirs is lost. */
final class SlowDiskTest {
    private static final String LARGE = "x".repeat(1_000);
    private static final int FLOOD = 5_000;
    /** What one publisher may have unstored, what was read besides, and what the store writes around it. */
    private static final long PENDING = 256 << 10;

    private final MemoryDisk disk = new MemoryDisk();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final Device absent = new Device("absent", MqttVersion.V5).hears(one -> delivered.add(one.text()));
    private final Device publisher = new Device("publisher", MqttVersion.V3_1_1).whenTaken(acknowledged::add);
    private TestEngine engine;

    @BeforeEach
    void somebodyWaitsForMessages() throws IOException {
        engine = new TestEngine(disk, StoreSettings.DEFAULT, Victim.unlimited(0), 0);
        absent.connect(engine.address());
        absent.subscribe("waits", 1);
        absent.disconnect();
        publisher.connect(engine.address(), true, 0, Optional.empty());
    }

    @AfterEach
    void allIsClosed() {
        disk.hangs(false);
        absent.close();
        publisher.close();
        threads.shutdownNow();
        engine.close();
    }

    @Test
    void whatNeedsNoDiskGoesOnAndTheRestIsReadLater() throws Exception {
        long before = engine.store().usage().bytes();
        disk.hangs(true);
        Future<Void> flood = threads.submit(this::flood);
        await().until(() -> engine.store().usage().bytes() > before + (32 << 10));
        for (int pair = 0; pair < 10; pair++) {
            others(pair);
        }
        assertThat(engine.store().usage().bytes() - before).isLessThan(PENDING);
        disk.hangs(false);
        flood.get();
        assertThat(acknowledged).hasSize(FLOOD);
        absent.connect(engine.address());
        while (delivered.size() < FLOOD) {
            assertThat(absent.step(Wire.PATIENCE)).as("a message comes").isTrue();
        }
        assertThat(delivered).containsExactlyElementsOf(acknowledged);
        assertThat(engine.losses()).isEmpty();
    }

    private Void flood() throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            publisher.publish("waits", i + LARGE, 1, false);
        }
        publisher.finish();
        return null;
    }

    /** On both loops, since one after the other gets the next connection. */
    private void others(int pair) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Device sender = new Device("sender-" + pair, MqttVersion.V5);
                Device receiver = new Device("receiver-" + pair, MqttVersion.V5).hears(one -> texts.add(one.text()))) {
            receiver.connect(engine.address(), true, 0, Optional.empty());
            receiver.subscribe("passes", 2);
            sender.connect(engine.address(), true, 0, Optional.empty());
            sender.publish("passes", "once", 2, false);
            sender.publish("passes", "sure", 1, false);
            sender.finish();
            while (texts.size() < 2) {
                assertThat(receiver.step(Wire.PATIENCE)).as("a message comes").isTrue();
            }
        }
        assertThat(texts).containsExactly("once", "sure");
    }
}
