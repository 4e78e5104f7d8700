package io.dinrail.broker.moquette.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.broker.front.AddressRanges;
import io.dinrail.broker.front.Audience;
import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Capacity;
import io.dinrail.broker.front.Keeping;
import io.dinrail.broker.front.Listening;
import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Offices;
import io.dinrail.broker.front.Parts;
import io.dinrail.broker.front.Runner;
import io.dinrail.broker.front.Settings;
import io.dinrail.testkit.RecordingBus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    Path folder;

    private final Losses losses = new Losses(Clock.systemUTC());

    private Runner<Engine> runner(int plainPort, AtomicBoolean announced) throws Exception {
        String loopback = "127.0.0.1";
        Settings settings = new Settings(
                new Listening(
                        Optional.of(new InetSocketAddress(loopback, plainPort)),
                        Optional.of(new InetSocketAddress(loopback, 0))),
                folder,
                new Keeping(Keeping.Durability.FSYNC, Map.of(), 100, 0, Keeping.Full.DROP_OLDEST, 3_600),
                new Bounds(16_384, 0, AddressRanges.NONE, 0, 0, new Bounds.Rate(0, 0), 0, 1_048_576),
                Capacity.USUAL,
                "");
        Runner<Engine> runner = new Runner<>(
                new Parts(
                        settings,
                        new FakeIdentity(),
                        new Offices(login -> Optional.empty(), organisation -> false),
                        new TestKeys(),
                        new RecordingBus(),
                        new Audience(losses),
                        losses,
                        Clock.systemUTC()),
                Engine::new,
                engine -> {
                    announced.set(true);
                    return () -> announced.set(false);
                });
        runner.start();
        return runner;
    }

    @Test
    void aTakenPortIsNamedWithItsVariableWhileTheOtherListenerServes() throws Exception {
        AtomicBoolean announced = new AtomicBoolean();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Runner<Engine> runner = runner(other.getLocalPort(), announced)) {
            await().until(announced::get);
            Engine engine = runner.serving().orElseThrow();
            List<String> listeners = engine.status().listeners();
            assertThat(listeners.get(0))
                    .isEqualTo("mqtt closed: port " + other.getLocalPort()
                            + " on 127.0.0.1 is taken by another program: stop it or set DINRAIL_MQTT_PORT");
            assertThat(engine.port("mqtts")).isPresent();
            other.close();
            engine.open(); // as it does every 10 s
            assertThat(engine.port("mqtt")).contains(other.getLocalPort());
        }
        assertThat(announced).isFalse();
    }

    @Test
    void aFailedStoreIsOpenedAnew() throws Exception {
        AtomicBoolean announced = new AtomicBoolean();
        try (Runner<Engine> runner = runner(0, announced)) {
            await().until(announced::get);
            Engine first = runner.serving().orElseThrow();
            first.storeFailed(new IllegalStateException("disk full"));
            await().atMost(Duration.ofSeconds(8))
                    .until(() ->
                            runner.serving().filter(engine -> engine != first).isPresent());
        }
    }

    @Test
    void noThreadStaysBehind() throws Exception {
        AtomicBoolean announced = new AtomicBoolean();
        try (Runner<Engine> runner = runner(0, announced)) {
            await().until(announced::get);
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("dinrail-broker")
                        || thread.getName().startsWith("Session Executor")));
    }
}
