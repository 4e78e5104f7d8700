package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.store.LogSettings;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store reaches its bound, or the disk takes no more: nothing that was acknowledged is lost, and what needs no disk goes on. */
final class FullDiskTest {
    private static final String LARGE = "x".repeat(1_000);
    private static final int BOUND = 512 << 10;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<ReasonCode> refused = new ArrayList<>();
    private final Set<String> delivered = new LinkedHashSet<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Device publisher =
            new Device("publisher", MqttVersion.V5).whenTaken(acknowledged::add).whenRefused(refused::add);
    private final Device other = new Device("other", MqttVersion.V5).whenRefused(refused::add);
    private final Device old = new Device("old", MqttVersion.V3_1_1);
    private final Device absent = new Device("absent", MqttVersion.V5).hears(one -> delivered.add(one.text()));
    private final Device present = new Device("present", MqttVersion.V5).hears(heard::add);
    private int number;
    private TestEngine engine;

    @BeforeEach
    void somebodyWaitsForMessages() throws IOException {
        engine = started(disk);
        absent.connect(engine.address());
        absent.subscribe("waits/+", 2);
        absent.disconnect();
        present.connect(engine.address(), true, 0, Optional.empty());
        present.subscribe("passes/+", 2);
        publisher.connect(engine.address(), true, 0, Optional.empty());
        other.connect(engine.address(), true, 0, Optional.empty());
        old.connect(engine.address(), true, 0, Optional.empty());
    }

    private static TestEngine started(MemoryDisk disk) throws IOException {
        StoreSettings small = new StoreSettings(
                new LogSettings(32 << 10, 1 << 20, Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(20)),
                BOUND,
                0.5,
                Duration.ofMillis(20));
        return new TestEngine(disk, small, Victim.unlimited(0), 0);
    }

    @AfterEach
    void allIsClosed() {
        List.of(publisher, other, old, absent, present).forEach(Device::close);
        engine.close();
    }

    @Test
    void aStoreAtItsBoundTakesWhatNeedsNoRoomAndGoesOnWhenThereIsRoom() throws IOException {
        publishUntilRefused();
        assertThat(refused).containsOnly(ReasonCode.QUOTA_EXCEEDED);
        anOldClientIsClosedUnacknowledged();
        whatNeedsNoDiskGoesOn();
        theAbsentGetsAll();
        publishUntilTaken();
        theAbsentGetsAll();
    }

    @Test
    void aSessionOutlivesVisitsOfItsClientWhileTheStoreIsAtItsBound() throws IOException {
        publishUntilRefused();
        for (int visit = 0; visit < 3; visit++) {
            assertThat(absent.connect(engine.address()).sessionPresent()).isTrue();
            absent.fallSilent();
            absent.drop();
        }
        try (Device again = new Device("absent", MqttVersion.V5).hears(one -> delivered.add(one.text()))) {
            assertThat(again.connect(engine.address()).sessionPresent()).isTrue();
            drain(again);
        }
    }

    @Test
    void whoUnsubscribesOnAFullStoreStaysUnsubscribed() throws IOException {
        publishUntilRefused();
        assertThat(absent.connect(engine.address()).sessionPresent()).isTrue();
        absent.unsubscribe("waits/+");
        restart(disk.afterKill());
        publisher.forget();
        publisher.publish("waits/1", "unwanted", 1, false);
        publisher.finish();
        acknowledged.remove("unwanted");
        assertThat(absent.connect(engine.address()).sessionPresent()).isTrue();
        drain(absent);
        absent.ping();
        assertThat(delivered).doesNotContain("unwanted");
    }

    @Test
    void aDiskThatRefusesIsToldAndWhenItWorksAgainAllGoesOn() throws IOException {
        disk.leaves(100 << 10);
        publishUntilRefused();
        assertThat(refused).containsOnly(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        anOldClientIsClosedUnacknowledged();
        whatNeedsNoDiskGoesOn();
        disk.leaves(Long.MAX_VALUE);
        publisher.finish();
        publishUntilTaken();
        theAbsentGetsAll();
    }

    @Test
    void whoLosesItsPowerWithAFullDiskHasAllThatItAcknowledged() throws IOException {
        disk.leaves(100 << 10);
        publishUntilRefused();
        int before = acknowledged.size();
        assertThat(before).isPositive();
        restart(disk.afterPowerLoss(new Random(4)));
        theAbsentGetsAll();
    }

    private void restart(MemoryDisk found) throws IOException {
        List.of(publisher, other, old, absent, present).forEach(Device::drop);
        engine.close();
        engine = started(found);
        publisher.forget();
        publisher.connect(engine.address(), true, 0, Optional.empty());
    }

    /** Whoever has published something that hangs hears of the rest later, since answers have an order; others hear at once. */
    private void publishUntilRefused() throws IOException {
        while (refused.isEmpty() && !engine.store().failing()) {
            publisher.publish("waits/" + number % 3, number++ + LARGE, 1 + number % 2, false);
            while (refused.isEmpty() && !engine.store().failing() && publisher.unfinished() > 0) {
                publisher.step(5);
            }
        }
        refused.clear();
        for (int qos = 1; qos <= 2; qos++) {
            other.publish("waits/9", LARGE, qos, false);
            other.finish();
        }
        assertThat(refused).hasSize(2);
    }

    private void publishUntilTaken() throws IOException {
        int before = acknowledged.size();
        for (int attempt = 0; acknowledged.size() < before + 3; attempt++) {
            assertThat(attempt).as("attempts").isLessThan(1_000);
            publisher.publish("waits/0", "later " + number++, 1, false);
            publisher.step(20);
        }
        publisher.finish();
    }

    private void anOldClientIsClosedUnacknowledged() throws IOException {
        old.whenTaken(text -> {
            throw new AssertionError("it was acknowledged");
        });
        old.publish("waits/old", LARGE, 1, false);
        old.awaitEnd();
        assertThat(old.unfinished()).isEqualTo(1);
    }

    private void whatNeedsNoDiskGoesOn() throws IOException {
        other.publish("passes/0", "fast", 0, false);
        other.publish("passes/1", "sure", 1, false);
        other.publish("passes/2", "once", 2, false);
        while (heard.size() < 3) {
            assertThat(other.step(1) || present.step(Wire.PATIENCE)).isTrue();
        }
        assertThat(heard).extracting(Heard::text).containsExactly("fast", "sure", "once");
        assertThat(present.subscribe("more/+", 1)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        other.publish("more/1", "more", 1, false);
        while (heard.size() < 4) {
            assertThat(other.step(1) || present.step(Wire.PATIENCE)).isTrue();
        }
    }

    private void theAbsentGetsAll() throws IOException {
        assertThat(absent.connect(engine.address()).sessionPresent()).isTrue();
        drain(absent);
        absent.disconnect();
    }

    private void drain(Device device) throws IOException {
        while (!delivered.containsAll(acknowledged)) {
            assertThat(device.step(Wire.PATIENCE))
                    .as("a message comes, after " + delivered.size() + " of " + acknowledged.size())
                    .isTrue();
        }
    }
}
