package io.dinrail.broker.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.engine.TestEngine;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.store.LogSettings;
import io.dinrail.broker.internal.store.MemoryDisk;
import io.dinrail.broker.internal.store.StoreSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One random schedule: what happens, step by step, to the engine and to the model of it. Used by one thread. */
final class Schedule implements AutoCloseable {
    /** A message that a topic keeps. */
    private record Kept(String text, int qos, long expiresAt) {}

    private interface Step {
        void take(Patron patron) throws Exception;
    }

    private static final List<ReasonCode> GRANTED =
            List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_1, ReasonCode.GRANTED_QOS_2);
    private static final long SECOND = 1000;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MOST_SILENT = 60;
    private static final List<String> TOPICS = List.of("a/1", "a/2", "b/1");
    private static final List<String> FILTERS = List.of("a/1", "a/2", "b/1", "a/+", "b/+", "#", "w/+");
    private static final StoreSettings SMALL = new StoreSettings(
            new LogSettings(8 << 10, 1 << 20, Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(20)),
            64 << 20,
            0.5,
            Duration.ofMillis(5));

    private final Random random;
    private final Hands clock = new Hands();
    private final Map<String, Kept> kept = new HashMap<>();
    private final List<Patron> patrons = new ArrayList<>();
    private final Patron witness = new Patron("witness", MqttVersion.V5);
    private final Deque<String> lately = new ArrayDeque<>();
    private MemoryDisk disk = new MemoryDisk();
    private TestEngine engine;
    private int number;

    Schedule(long seed) throws IOException {
        random = new Random(seed);
        engine = start();
        for (int i = 0; i < 5; i++) {
            patrons.add(new Patron("c" + i, i % 2 == 0 ? MqttVersion.V5 : MqttVersion.V3_1_1));
        }
        patrons.add(witness);
        witness.connect(engine.address(), false, Device.FOR_EVER, Optional.empty(), clock.millis());
        witness.device.subscribe("#", 2);
        witness.filters.put("#", 2);
    }

    private TestEngine start() throws IOException {
        return new TestEngine(disk, SMALL, Victim.unlimited(0), 0, clock);
    }

    @Override
    public void close() {
        patrons.forEach(patron -> patron.device.drop());
        engine.close();
    }

    void run(int steps) throws Exception {
        try {
            for (int i = 0; i < steps; i++) {
                step();
                settle();
            }
            for (Patron patron : patrons) {
                if (!patron.present && patron.isLasting()) {
                    connect(patron, false, 100_000);
                }
            }
            settle();
            for (Patron patron : patrons) {
                if (patron.present) {
                    patron.device.ping(); // nothing more is on its way
                }
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("after " + lately + ", losses " + engine.losses(), e);
        }
    }

    private void step() throws Exception {
        Patron patron = patrons.get(random.nextInt(patrons.size() - 1));
        int die = random.nextInt(1000);
        if (die < 2) {
            note("restart");
            restart();
        } else if (die < 12) {
            crash(patron);
        } else if (die < 30) {
            note("the clock goes on");
            clock.turn(random.nextInt(1 + random.nextInt(3 * 24 * 3600)) * SECOND);
        } else if (!patron.present) {
            connect(
                    patron,
                    random.nextInt(5) == 0,
                    List.of(0L, 100_000L, Device.FOR_EVER).get(random.nextInt(3)));
        } else {
            present(die).take(patron);
        }
    }

    private Step present(int die) {
        return die < 120
                ? patron -> connect(patron, random.nextInt(6) == 0, random.nextInt(4) == 0 ? 0 : Device.FOR_EVER)
                : die < 170
                        ? this::cutOff
                        : die < 200
                                ? this::goodbye
                                : die < 230
                                        ? this::kick
                                        : die < 350
                                                ? this::subscribe
                                                : die < 400
                                                        ? this::unsubscribe
                                                        : die < 420 ? this::fallSilent : this::publish;
    }

    private void note(String what) {
        lately.add(what);
        if (lately.size() > 60) {
            lately.remove();
        }
    }

    private void connect(Patron patron, boolean clean, long expiry) throws Exception {
        boolean takesOver = patron.present;
        note(patron.device.clientId() + (takesOver ? " takes over" : " connects") + (clean ? " clean" : "") + " for "
                + expiry);
        Optional<Patron.LastWish> wish = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new Patron.LastWish("w/" + patron.device.clientId(), text(), random.nextInt(3)));
        if (takesOver) {
            boolean ends = patron.expiry == 0 || clean;
            patron.present = false;
            patron.lastWish.ifPresent(last -> routed(last, ends && patron.expiry == 0 ? patron : null));
            patron.present = true;
        }
        patron.connect(engine.address(), clean, expiry, wish, clock.millis());
        awaitPresence();
    }

    private String text() {
        return "n" + number++;
    }

    /** A will is routed to all who are there, to those who aren't if their session stays, and not to its own that ends. */
    private void routed(Patron.LastWish last, Patron ended) {
        for (Patron patron : patrons) {
            if (patron != ended) {
                route(patron, last.topic(), last.text(), last.qos(), NEVER);
            }
        }
    }

    private static void route(Patron patron, String topic, String text, int qos, long expiresAt) {
        patron.wants(topic, qos).ifPresent(at -> {
            if (patron.present || at > 0 && patron.isLasting()) {
                patron.expected.add(topic, text, at, false, expiresAt);
            }
        });
    }

    private static void routeSoon(Patron patron, String topic, String text, int qos) {
        if (patron.wants(topic, qos).orElse(1) == 0) {
            patron.expected.tolerate(text);
        } else {
            route(patron, topic, text, qos, NEVER);
        }
    }

    private void cutOff(Patron patron) throws Exception {
        note(patron.device.clientId() + " is cut off");
        patron.device.drop();
        left(patron, true);
    }

    private void goodbye(Patron patron) throws Exception {
        note(patron.device.clientId() + " says goodbye");
        patron.device.disconnect();
        left(patron, false);
    }

    private void kick(Patron patron) throws Exception {
        note(patron.device.clientId() + " is kicked");
        assertThat(engine.broker().kick(patron.device.clientId())).isTrue();
        patron.device.awaitEnd();
        left(patron, true);
    }

    private void left(Patron patron, boolean withWill) {
        patron.isGone(clock.millis());
        if (withWill) {
            patron.lastWish.ifPresent(last -> routed(last, null));
        }
        patron.lastWish = Optional.empty();
        awaitPresence();
    }

    private void awaitPresence() {
        long present = patrons.stream().filter(patron -> patron.present).count();
        await(() -> engine.broker().connected() == present, "as many are connected as the model says: " + present);
        long sessions = patrons.stream().filter(patron -> patron.hasSession).count();
        await(() -> engine.broker().sessionCount() == sessions, "as many sessions are there: " + sessions);
    }

    private void subscribe(Patron patron) throws Exception {
        String filter = FILTERS.get(random.nextInt(FILTERS.size()));
        int qos = random.nextInt(3);
        note(patron.device.clientId() + " subscribes to " + filter + " at " + qos);
        patron.filters.put(filter, qos);
        for (Map.Entry<String, Kept> one : kept.entrySet()) {
            Kept message = one.getValue();
            if (Patron.matches(filter, one.getKey()) && message.expiresAt() > clock.millis()) {
                int at = Math.min(qos, message.qos());
                patron.expected.add(one.getKey(), message.text(), at, true, message.expiresAt());
            }
        }
        assertThat(patron.device.subscribe(filter, qos)).isEqualTo(GRANTED.get(qos));
    }

    private void unsubscribe(Patron patron) throws Exception {
        if (!patron.filters.isEmpty()) {
            String filter = List.copyOf(patron.filters.keySet()).get(random.nextInt(patron.filters.size()));
            note(patron.device.clientId() + " unsubscribes from " + filter);
            patron.device.unsubscribe(filter);
            patron.filters.remove(filter);
        }
    }

    private void fallSilent(Patron patron) {
        note(patron.device.clientId() + " falls silent");
        patron.device.fallSilent();
        patron.sinceSilent = Math.max(0, patron.sinceSilent);
    }

    private void publish(Patron patron) throws Exception {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        int qos = random.nextInt(3);
        boolean retain = random.nextInt(4) == 0;
        boolean clears = retain && random.nextInt(3) == 0;
        boolean expires = !clears && patron.version == MqttVersion.V5 && random.nextInt(5) == 0;
        long seconds = 1 + random.nextInt(24 * 3600);
        long expiresAt = expires ? clock.millis() + seconds * SECOND : NEVER;
        String text = clears ? "" : text();
        note(patron.device.clientId() + " publishes '" + text + "' on " + topic + " at " + qos
                + (retain ? " retained" : ""));
        if (clears) {
            // an empty text can't be told from another: for those who are there, and for nobody else
            clear(patron, topic);
            return;
        }
        if (retain) {
            kept.put(topic, new Kept(text, qos, expiresAt));
        }
        patrons.forEach(one -> route(one, topic, text, qos, expiresAt));
        Properties properties = expires
                ? Properties.builder()
                        .number(Property.MESSAGE_EXPIRY_INTERVAL, seconds)
                        .build()
                : Properties.NONE;
        patron.device.publish(topic, text, qos, retain, properties);
        patron.device.finish();
        if (qos == 0) {
            patron.device.ping();
        }
    }

    private void publish(Patron patron, String topic, int qos) throws IOException {
        String text = text();
        patrons.forEach(one -> route(one, topic, text, qos, NEVER));
        patron.device.publish(topic, text, qos, false);
        patron.device.finish();
    }

    private void clear(Patron patron, String topic) throws IOException {
        kept.remove(topic);
        patrons.forEach(one -> route(one, topic, "", 0, NEVER));
        patron.device.publish(topic, "", 0, true);
        patron.device.ping();
    }

    private void restart() throws Exception {
        for (Patron patron : patrons) {
            if (patron.present && patron.expiry == 0) {
                Optional<Patron.LastWish> last = patron.lastWish;
                patron.isGone(clock.millis());
                last.ifPresent(wish -> routed(wish, null));
            }
        }
        engine.close();
        disk = disk.afterKill();
        startAgain();
    }

    /** While somebody publishes; whoever has a session that stays goes on with it on the next connection. */
    private void crash(Patron patron) throws Exception {
        // A goodbye has no answer, so it promises nothing: a loss of power in the same moment may forget it. What is
        // forced later takes it along.
        note("a crash while " + patron.device.clientId() + " publishes");
        publish(witness, "a/1", 1);
        settle();
        if (patron.present && patron.isLasting()) {
            for (int left = random.nextInt(20); left > 0; left--) {
                String topic = TOPICS.get(random.nextInt(TOPICS.size()));
                String text = text();
                int qos = 1 + random.nextInt(2);
                note(text + " on " + topic + " at " + qos);
                patrons.stream().filter(Patron::isLasting).forEach(one -> routeSoon(one, topic, text, qos));
                patron.device.publish(topic, text, qos, false);
            }
            for (int reads = random.nextInt(20); reads > 0; reads--) {
                patron.device.step(1);
            }
        }
        TestEngine dead = engine;
        disk = random.nextInt(4) == 0 ? disk.afterKill() : disk.afterPowerLoss(random);
        patrons.forEach(one -> one.device.drop());
        Thread closing = new Thread(dead::close, "closes-what-crashed");
        closing.start();
        startAgain();
    }

    private void startAgain() throws Exception {
        List<Patron> back = patrons.stream()
                .filter(patron -> patron.present && patron.isLasting() && patron.expiry > 0)
                .filter(patron -> patron == witness
                        || patron.lastWish.isPresent()
                        || patron.device.unfinished() > 0
                        || random.nextBoolean())
                .toList();
        List<Patron> ended = patrons.stream()
                .filter(patron -> patron.present && patron.expiry == 0 && patron.stored)
                .toList();
        patrons.forEach(patron -> patron.restarted(clock.millis()));
        ended.forEach(patron -> patron.lastWish.ifPresent(last -> routed(last, null)));
        engine = start();
        awaitPresence();
        for (Patron patron : back) {
            patron.lastWish = Optional.empty();
            connect(patron, false, Device.FOR_EVER);
            patron.device.finish();
        }
    }

    /** Everybody who is there has what it should have. */
    private void settle() throws Exception {
        for (Patron patron : patrons) {
            if (patron.present) {
                int before = patron.expected.size();
                while (!patron.expected.isComplete()) {
                    assertThat(patron.device.step(Wire.PATIENCE))
                            .as("a message comes; " + patron.expected)
                            .isTrue();
                }
                while (patron.device.step(0)) {
                    // nothing that it shouldn't hear
                }
                silent(patron, before);
            }
        }
    }

    private void silent(Patron patron, int messages) throws Exception {
        if (patron.sinceSilent >= 0) {
            patron.sinceSilent += messages;
            if (patron.sinceSilent > MOST_SILENT) {
                cutOff(patron);
            }
        }
    }

    private static void await(BooleanSupplier condition, String what) {
        long last = System.nanoTime() + Wire.PATIENCE * 1_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(last);
            Thread.onSpinWait();
        }
    }
}
