package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine, in a process of its own, is killed again and again at a moment that nobody chose, also while it starts. Nothing that it acknowledged is lost,
 * nothing of QoS 2 comes twice, the order of each topic stays, and it starts by itself. {@code -Dtrial.rounds=100} makes it long.
 */
final class KillTest {
    private static final int ROUNDS = Integer.getInteger("trial.rounds", 4);
    private static final int MOST_BETWEEN = 1500;

    private final long seed = Long.getLong("trial.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Whereabouts where = new Whereabouts();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final List<Publishing> publishers = List.of(
            new Publishing("one", 1, false, 40, 10, acknowledged, where),
            new Publishing("once", 1, false, 1, 11, acknowledged, where),
            new Publishing("two", 2, false, 40, 20, acknowledged, where),
            new Publishing("twice", 2, false, 7, 21, acknowledged, where),
            new Publishing("kept", 1, true, 10, 30, acknowledged, where));
    private final List<Hearing> present =
            List.of(new Hearing("present", MqttVersion.V5, where), new Hearing("present-3", MqttVersion.V3_1_1, where));
    private final Hearing visitor = new Hearing("visitor", MqttVersion.V5, where);
    private final Hearing absent = new Hearing("absent", MqttVersion.V3_1_1, where);
    private final Map<String, Integer> kept = new HashMap<>();

    @TempDir
    Path folder;

    private Victim victim;

    @BeforeEach
    void theBrokerHasSubscribers() throws IOException {
        System.out.println("trial.seed=" + seed);
        victim = new Victim(folder.resolve("store"));
        victim.start();
        InetSocketAddress broker = victim.awaitStart();
        Map<String, Integer> all = Map.of("one/+", 1, "once/+", 2, "two/+", 2, "twice/+", 2);
        present.get(0).subscribe(broker, all);
        present.get(1).subscribe(broker, Map.of("one/+", 1, "two/+", 1, "twice/#", 2));
        visitor.subscribe(broker, all);
        absent.subscribe(broker, all);
        where.are(broker);
    }

    @AfterEach
    void nothingIsLeft() {
        publishers.forEach(Errand::close);
        present.forEach(Errand::close);
        visitor.close();
        absent.close();
        victim.close();
    }

    @Test
    void whoeverIsKilledLosesNothingAndDoublesNothing() throws IOException, InterruptedException {
        publishers.forEach(Errand::begin);
        present.forEach(Errand::begin);
        for (int round = 0; round < ROUNDS; round++) {
            int target = acknowledged.get() + random.nextInt(MOST_BETWEEN);
            await(() -> acknowledged.get() >= target, "the publishers get on");
            kill();
            while (random.nextInt(8) == 0) { // already while it starts
                await(new Countdown(random.nextInt(1 << 24)), "some time passes");
                kill();
            }
            InetSocketAddress broker = victim.awaitStart();
            checkRetained(broker);
            where.are(broker);
            visitor.visit(broker, random.nextInt(600));
        }
        everythingArrives();
    }

    private void kill() throws IOException, InterruptedException {
        kept.putAll(publishers.get(4).acknowledged());
        victim.kill();
        where.are(null);
        victim.start();
    }

    private void checkRetained(InetSocketAddress broker) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        try (Device fresh = new Device("fresh", MqttVersion.V5).hears(heard -> {
            found.merge(heard.topic(), Book.number(heard), Math::max);
            assertThat(heard.retain()).isTrue();
        })) {
            fresh.connect(broker, true, 0, java.util.Optional.empty());
            fresh.subscribe("kept/+", 1);
            await(
                    () -> {
                        step(fresh);
                        return found.keySet().containsAll(kept.keySet());
                    },
                    "the retained messages come");
        }
        kept.forEach((topic, number) -> assertThat(found.get(topic)).as(topic).isGreaterThanOrEqualTo(number));
    }

    private static void step(Device device) {
        try {
            device.step(100);
        } catch (IOException e) {
            throw new AssertionError("the broker is gone", e);
        }
    }

    private void everythingArrives() throws IOException, InterruptedException {
        Map<String, Integer> last = new HashMap<>();
        for (Publishing publisher : publishers) {
            publisher.call();
            publisher.await();
            assertThat(publisher.acknowledged()).isEqualTo(publisher.sent());
            last.putAll(publisher.sent());
        }
        last.keySet().removeIf(topic -> topic.startsWith("kept"));
        visitor.begin();
        absent.begin();
        for (Hearing hearing : List.of(present.get(0), visitor, absent)) {
            hearing.wants(last);
        }
        last.keySet().removeIf(topic -> topic.startsWith("once"));
        present.get(1).wants(last);
        for (Hearing hearing : List.of(present.get(0), present.get(1), visitor, absent)) {
            hearing.call();
            hearing.await();
        }
        checkRetained(where.get());
        System.out.println(ROUNDS + " rounds, " + acknowledged + " messages acknowledged, none lost");
        assertThat(Files.readString(victim.errors().toPath())).doesNotContain("\tat io.dinrail");
    }

    private void await(BooleanSupplier condition, String what) {
        long last = System.nanoTime() + Wire.PATIENCE * 1_000_000L;
        while (!condition.getAsBoolean()) {
            publishers.forEach(Errand::check);
            present.forEach(Errand::check);
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(last);
            Thread.onSpinWait();
        }
    }

    /** Is over after so many looks at it: a time that nobody chose. */
    private static final class Countdown implements BooleanSupplier {
        private int left;

        Countdown(int looks) {
            left = looks;
        }

        @Override
        public boolean getAsBoolean() {
            return --left < 0;
        }
    }
}
