package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.store.MessageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever doesn't read, doesn't acknowledge, floods or runs away fills its own queue and nobody's else, and what it loses is counted. */
final class NeighboursTest {
    private static final int BOUND = 300;
    private static final int FLOOD = 20_000;
    private static final int SURE = 2_000;
    private static final int PAIRED = 1_000;
    /** How far a receiver of a pair is behind at most: less than its queue holds. */
    private static final int LAG = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private TestEngine engine;
    private Nuisances nuisances;

    @BeforeEach
    void theyAreThere() throws IOException {
        engine = new TestEngine(folder, Victim.unlimited(BOUND), 0);
        nuisances = new Nuisances(engine.address());
    }

    @AfterEach
    void allIsClosed() {
        nuisances.close();
        threads.shutdownNow();
        engine.close();
    }

    @Test
    void theOthersGetAllAndTheQueuesKeepTheirBounds() throws Exception {
        Future<Void> flood = threads.submit(() -> {
            nuisances.flood(FLOOD, SURE);
            return null;
        });
        Future<Void> passersBy = threads.submit(() -> {
            nuisances.comeAndGo(300);
            return null;
        });
        Future<Void> surely = threads.submit(() -> paired("sure", 1));
        Future<Void> once = threads.submit(() -> paired("once", 2));
        surely.get();
        once.get();
        flood.get();
        passersBy.get();
        for (MessageStore.SessionView session : engine.store().sessions()) {
            assertThat(session.queued()).as(session.client()).isLessThanOrEqualTo(BOUND);
        }
        assertThat(engine.losses().get("queue.overflow")).isGreaterThanOrEqualTo((SURE - BOUND) * 4L - 400);
        assertThat(engine.losses()).containsKey("qos0.dropped").doesNotContainKey("engine.failed");
    }

    /** A publisher and its receiver, with a session that stays: every message, in order, none twice. */
    private Void paired(String name, int qos) throws IOException {
        Book book = new Book(name);
        try (Device receiver = new Device("receiver-" + name, MqttVersion.V5).hears(book::hear);
                Device publisher = new Device("publisher-" + name, MqttVersion.V3_1_1)) {
            receiver.connect(engine.address());
            receiver.subscribe("pair/" + name, qos);
            publisher.connect(engine.address());
            for (int i = 1; i <= PAIRED; i++) {
                publisher.publish("pair/" + name, String.valueOf(i), qos, false);
                while (heard(book, name) < i - LAG) {
                    publisher.step(0);
                    assertThat(receiver.step(Wire.PATIENCE))
                            .as("a message comes")
                            .isTrue();
                }
            }
            publisher.finish();
            while (heard(book, name) < PAIRED) {
                assertThat(receiver.step(Wire.PATIENCE)).as("a message comes").isTrue();
            }
            receiver.ping();
            return null;
        }
    }

    private static int heard(Book book, String name) {
        return book.last().getOrDefault("pair/" + name, 0);
    }
}
