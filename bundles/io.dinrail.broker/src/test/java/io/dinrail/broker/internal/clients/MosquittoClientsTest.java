package io.dinrail.broker.internal.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.dinrail.messaging.api.SessionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mosquitto's programs; skipped where they are not installed. */
@Timeout(60)
final class MosquittoClientsTest {
    private static final List<String> FORMAT = List.of("-F", "%t %q %r %p");

    @TempDir
    Path folder;

    private final List<Mosquitto> started = new ArrayList<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto-clients is not installed");
        server = new Server(Files.createDirectory(folder.resolve("engine")));
    }

    @AfterEach
    void stop() {
        started.forEach(Mosquitto::close);
        if (server != null) {
            server.close();
        }
    }

    static Stream<Arguments> versionsAndQos() {
        return Stream.of("31", "311", "5")
                .flatMap(version -> IntStream.rangeClosed(0, 2).mapToObj(qos -> Arguments.of(version, qos)));
    }

    private Mosquitto run(String program, String version, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-V", "mqttv" + version));
        all.addAll(List.of(options));
        if (program.equals("mosquitto_sub")) {
            all.addAll(FORMAT);
        }
        Mosquitto mosquitto = new Mosquitto(folder, server.address(), program, all);
        started.add(mosquitto);
        return mosquitto;
    }

    private void publish(String version, String... options) throws Exception {
        assertThat(run("mosquitto_pub", version, options).end()).isEmpty();
    }

    private void awaitSubscribed(String id) {
        await().until(() -> server.broker().sessionInfos().stream()
                .anyMatch(session -> session.clientId().equals(id)
                        && !session.subscriptions().isEmpty()));
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(number -> "line " + number).toList();
    }

    private static List<String> shown(String topic, int qos, int count) {
        return lines(count).stream()
                .map(line -> topic + " " + qos + " 0 " + line)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("versionsAndQos")
    void everyQosArrivesOnceAndInOrder(String version, int qos) throws Exception {
        Mosquitto sub = run("mosquitto_sub", version, "-i", "sub", "-t", "line/+", "-q", "2", "-C", "50");
        awaitSubscribed("sub");
        Mosquitto pub = run("mosquitto_pub", version, "-t", "line/1", "-q", Integer.toString(qos), "-l");
        pub.type(lines(50));
        assertThat(pub.end()).isEmpty();
        assertThat(sub.end()).isEqualTo(shown("line/1", qos, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "311", "5"})
    void theRetainedMessageComesFirstUntilItIsCleared(String version) throws Exception {
        publish(version, "-t", "state/press-1", "-q", "1", "-r", "-m", "kept");
        server.restart();
        assertThat(run("mosquitto_sub", version, "-t", "state/#", "-q", "1", "-C", "1")
                        .end())
                .containsExactly("state/press-1 1 1 kept");
        publish(version, "-t", "state/press-1", "-q", "1", "-r", "-n");
        Mosquitto late = run("mosquitto_sub", version, "-i", "late", "-t", "state/#", "-q", "1", "-C", "1");
        awaitSubscribed("late");
        publish(version, "-t", "state/press-1", "-q", "1", "-m", "now");
        assertThat(late.end()).containsExactly("state/press-1 1 0 now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "311", "5"})
    void whatWaitsForAnAbsentClientOutlivesTheEngine(String version) throws Exception {
        String[] kept = {"-c", "-i", "reader", "-t", "jobs/+", "-q", "2"};
        assertThat(run("mosquitto_sub", version, with(kept, "-E")).end()).isEmpty();
        server.restart();
        assertThat(server.broker().sessionInfos())
                .extracting(SessionInfo::clientId)
                .containsExactly("reader");
        for (String qos : List.of("1", "2")) {
            Mosquitto pub = run("mosquitto_pub", version, "-t", "jobs/" + qos, "-q", qos, "-l");
            pub.type(lines(20));
            assertThat(pub.end()).isEmpty();
        }
        server.restart();
        List<String> said =
                run("mosquitto_sub", version, with(kept, "-C", "40")).end();
        assertThat(said).filteredOn(line -> line.startsWith("jobs/1")).isEqualTo(shown("jobs/1", 1, 20));
        assertThat(said).filteredOn(line -> line.startsWith("jobs/2")).isEqualTo(shown("jobs/2", 2, 20));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "311", "5"})
    void whoeverIsKilledLeavesAWill(String version) throws Exception {
        String[] will = {"-i", "victim", "-t", "x", "--will-topic", "state/victim", "--will-payload", "gone"};
        Mosquitto victim = run("mosquitto_sub", version, with(will, "--will-qos", "1", "--will-retain"));
        awaitSubscribed("victim");
        Mosquitto watcher = run("mosquitto_sub", version, "-i", "watcher", "-t", "state/+", "-q", "1", "-C", "1");
        awaitSubscribed("watcher");
        victim.kill();
        assertThat(watcher.end()).containsExactly("state/victim 1 0 gone");
        assertThat(run("mosquitto_sub", version, "-t", "state/+", "-q", "1", "-C", "1")
                        .end())
                .containsExactly("state/victim 1 1 gone");
    }

    @Test
    void itsRequestIsAnswered() throws Exception {
        try (Hive5 hive = new Hive5(Login.brief(server.address(), "hive"))) {
            hive.connect();
            hive.subscribe("requests/#", 1);
            Mosquitto rr = run("mosquitto_rr", "5", "-t", "requests/1", "-e", "answers/1", "-q", "1", "-m", "what?");
            await().until(() -> !hive.publishes().isEmpty());
            Mqtt5Publish request = hive.publishes().get(0);
            hive.hive()
                    .publish(Mqtt5Publish.builder()
                            .topic(request.getResponseTopic().orElseThrow())
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload("that".getBytes(UTF_8))
                            .build());
            assertThat(rr.end()).containsExactly("that");
        }
    }
}
