package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The broker's own bundle is updated under load: its clients are told, come back to their sessions, and nothing that was acknowledged is lost. */
class BrokerUpdateIT {
    private static final String BROKER = "io.dinrail.broker";
    private static final String TOPIC = "telemetry/press-1/count";
    private static final int SERVER_SHUTTING_DOWN = 0x8B;

    private final List<RawMqtt> receivers = new ArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();

    @Test
    void whatWasAcknowledgedIsDelivered() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Platform platform = ExamPlatform.with("dinrail").start()) {
            Plant plant = new Plant(platform);
            RawMqtt.Hello device = RawMqtt.Hello.of(RawMqtt.V5, "press-1", "press-1", plant.password("press-1", ""))
                    .kept();
            RawMqtt.Hello backend = RawMqtt.Hello.of(
                            RawMqtt.V5, "scada", "scada", plant.password("scada", "--rule-set backend"))
                    .kept();
            receivers.add(connected(platform, backend));
            assertThat(receivers.get(0).subscribe("telemetry/+/+")).isEqualTo(1);
            Future<Integer> last = threads.submit(() -> publish(platform, device));
            Future<Void> listening = threads.submit(() -> listen(platform, backend));
            for (int update = 1; update <= 2; update++) {
                awaitMore();
                platform.ask("bundle:update " + BROKER);
                awaitMore();
            }
            enough.set(true);
            int count = last.get();
            await().atMost(Platform.PATIENCE).until(() -> heard().contains(count));
            away.set(true);
            listening.get();
            assertThat(heard().stream().distinct().sorted().toList()).hasSize(count);
            assertThat(receivers).hasSizeGreaterThanOrEqualTo(3);
            assertThat(receivers.get(0).awaitEnd()).isEqualTo(SERVER_SHUTTING_DOWN);
            assertThat(platform.ask("dinrail:status --json")).doesNotContain("store.lost");
        } finally {
            threads.shutdownNow();
            receivers.forEach(RawMqtt::close);
        }
    }

    private static RawMqtt connected(Platform platform, RawMqtt.Hello hello) {
        return await().atMost(Platform.PATIENCE)
                .ignoreExceptionsMatching(IOException.class::isInstance) // nobody listens yet
                .until(
                        () -> new RawMqtt(
                                new Socket("127.0.0.1", platform.ports().mqtt()), hello),
                        client -> client.code() == 0);
    }

    /** One number after the other, each until it is acknowledged; answers the last. */
    private int publish(Platform platform, RawMqtt.Hello hello) throws IOException {
        RawMqtt client = connected(platform, hello);
        int number = 0;
        while (!enough.get()) {
            number++;
            while (client.publish(TOPIC, String.valueOf(number), false) != 0) {
                client = connected(platform, hello);
            }
        }
        client.close();
        return number;
    }

    private Void listen(Platform platform, RawMqtt.Hello hello) {
        while (!away.get()) {
            RawMqtt current = receivers.get(receivers.size() - 1);
            await().atMost(Platform.PATIENCE).until(() -> away.get() || !current.open());
            if (!away.get()) {
                synchronized (receivers) {
                    receivers.add(connected(platform, hello));
                }
            }
        }
        return null;
    }

    private List<Integer> heard() {
        synchronized (receivers) {
            return receivers.stream()
                    .flatMap(receiver -> receiver.heard().stream())
                    .map(message -> Integer.valueOf(message.payload()))
                    .toList();
        }
    }

    private void awaitMore() {
        int before = heard().size();
        await().atMost(Platform.PATIENCE).until(() -> heard().size() >= before + 100);
    }
}
