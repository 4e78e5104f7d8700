package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published at the same moment by clients of several lanes arrives, without anything more to push it. */
final class ArrivalTest {
    private static final int ROUNDS = Integer.getInteger("trial.arrivals", 1500);
    private static final int PUBLISHERS = 4;

    @TempDir
    Path folder;

    @Test
    void theLastMessageArrivesToo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        Set<String> heard = new HashSet<>();
        CyclicBarrier start = new CyclicBarrier(PUBLISHERS + 1);
        try (TestEngine engine = new TestEngine(folder, Victim.unlimited(0), 0);
                Device receiver = new Device("receiver", MqttVersion.V5)
                        .hears(one -> assertThat(heard.add(one.text())).isTrue())) {
            receiver.connect(engine.address());
            receiver.subscribe("to/all", 2);
            List<Future<Void>> done = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int number = i;
                done.add(threads.submit(() -> publish(engine, number, start)));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                start.await();
                while (heard.size() < round * PUBLISHERS) {
                    assertThat(receiver.step(Wire.PATIENCE))
                            .as("something comes")
                            .isTrue();
                }
            }
            for (Future<Void> one : done) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void publish(TestEngine engine, int number, CyclicBarrier start) throws Exception {
        try (Device device = new Device("publisher-" + number, MqttVersion.V5)) {
            device.connect(engine.address());
            for (int round = 0; round < ROUNDS; round++) {
                start.await();
                device.publish("to/all", number + " " + round, 2, false);
                device.finish();
            }
        } catch (IOException e) {
            start.reset();
            throw e;
        }
        return null;
    }
}
