package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.messaging.api.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several connections of one client id at once, while messages come: one stays, and the session is whole. */
final class TakeOverTest {
    private static final int ROUNDS = Integer.getInteger("trial.takeovers", 150);
    private static final int MESSAGES = 10;
    private static final String CLIENT = "fought-for";

    private final long seed = Long.getLong("trial.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Integer> heard = new ConcurrentSkipListSet<>();
    private final List<Device> contenders = new ArrayList<>();
    private final Device publisher = new Device("publisher", MqttVersion.V5);
    private int published;

    @TempDir
    Path folder;

    private TestEngine engine;

    @BeforeEach
    void theSessionIsThere() throws IOException {
        System.out.println("trial.seed=" + seed);
        engine = new TestEngine(folder, Victim.unlimited(0), 0);
        publisher.connect(address());
        try (Device first = contender()) {
            first.connect(address());
            first.subscribe("to/all", 1);
        }
    }

    @AfterEach
    void allIsClosed() {
        contenders.forEach(Device::close);
        publisher.close();
        threads.shutdownNow();
        engine.close();
    }

    private InetSocketAddress address() {
        return engine.address();
    }

    private Device contender() {
        Device device = new Device(CLIENT, random.nextBoolean() ? MqttVersion.V5 : MqttVersion.V3_1_1)
                .hears(one -> heard.add(Integer.valueOf(one.text())));
        contenders.add(device);
        return device;
    }

    @Test
    void ofTwoExactlyOneStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            contest(2, 0);
        }
    }

    @Test
    void ofThreeExactlyOneStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            contest(3, 0);
        }
    }

    @Test
    void whoeverRunsAwayBeforeItIsAnsweredHoldsNobodyUp() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            contest(2, 1 + random.nextInt(3));
        }
        assertThat(engine.losses()).doesNotContainKey("engine.failed");
    }

    private void contest(int staying, int runaways) throws Exception {
        contenders.forEach(Device::close); // on the way out while the next come in
        contenders.clear();
        CyclicBarrier start = new CyclicBarrier(staying + runaways + 1);
        List<Future<Boolean>> accepted = IntStream.range(0, staying)
                .mapToObj(i -> contender())
                .map(device -> threads.submit(() -> enters(device, start)))
                .toList();
        List<Future<Void>> away = IntStream.range(0, runaways)
                .mapToObj(i -> threads.submit(runsAway(start)))
                .toList();
        start.await();
        publish();
        for (Future<Void> one : away) {
            one.get();
        }
        int in = 0;
        for (Future<Boolean> one : accepted) {
            in += one.get() ? 1 : 0;
        }
        if (runaways == 0) {
            assertThat(in).isPositive();
            assertThat(alive()).as("of those who stay, alive").isEqualTo(1);
            assertThat(engine.broker().sessions().stream().map(Session::clientId))
                    .containsOnlyOnce(CLIENT);
        }
        everythingArrived();
    }

    /** Whether it was let in; it may be thrown out at once. */
    private boolean enters(Device device, CyclicBarrier start) throws Exception {
        start.await();
        try {
            Connack connack = device.connect(address());
            assertThat(connack.reason()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(connack.sessionPresent()).isTrue();
            return true;
        } catch (IOException e) {
            device.drop();
            return false;
        }
    }

    private Callable<Void> runsAway(CyclicBarrier start) {
        return () -> {
            start.await();
            try (Wire wire = new Wire(address(), MqttVersion.V5)) {
                wire.send(new Connect(
                        MqttVersion.V5,
                        CLIENT,
                        false,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Properties.builder()
                                .number(Property.SESSION_EXPIRY_INTERVAL, Device.FOR_EVER)
                                .build()));
            }
            return null;
        };
    }

    private void publish() throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            publisher.publish("to/all", String.valueOf(published++), 1, false);
        }
        publisher.finish();
    }

    private long alive() {
        return contenders.stream()
                .filter(Device::isConnected)
                .filter(TakeOverTest::answers)
                .count();
    }

    private static boolean answers(Device device) {
        try {
            device.ping();
            return true;
        } catch (IOException e) {
            device.drop();
            return false;
        }
    }

    /** On whatever connection is there; a runaway may still end one. */
    private void everythingArrived() throws IOException {
        while (heard.size() < published) {
            Device device = contenders.stream()
                    .filter(Device::isConnected)
                    .filter(TakeOverTest::answers)
                    .findFirst()
                    .orElseGet(this::contender);
            try {
                if (!device.isConnected()) {
                    assertThat(device.connect(address()).sessionPresent()).isTrue();
                }
                while (heard.size() < published) {
                    assertThat(device.step(Wire.PATIENCE))
                            .as("a message comes, after " + heard.size() + " of " + published)
                            .isTrue();
                }
            } catch (IOException e) {
                device.drop();
            }
        }
    }
}
