package io.dinrail.broker.internal.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paho's own persistence and its own reconnecting, while answers get lost and the engine restarts. */
@Timeout(60)
final class PahoClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Server server;
    private Cable cable;
    private Login reader;

    @BeforeEach
    void start() throws Exception {
        server = new Server(folder.resolve("engine"));
        cable = new Cable(server.address());
        reader = Login.kept(server.address(), "reader");
        try (Client client = Product.HIVE_5.connected(reader)) {
            client.subscribe("jobs/#", 2);
        }
    }

    @AfterEach
    void stop() throws Exception {
        cable.close();
        server.close();
    }

    private Paho paho(int version) throws Exception {
        Login login = Login.kept(cable.address(), "paho");
        Path files = folder.resolve("paho");
        return version == 3 ? new Paho3(login, files) : new Paho5(login, files);
    }

    /** Each with a topic of its own: Paho sends again by its alias alone what it first sent so, and no server knows that on a new connection. */
    private static List<Said> numbered(int qos, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Said("jobs/" + qos + "/" + number, "job " + number, qos, false))
                .toList();
    }

    private static void send(Paho paho, List<Said> all) throws Exception {
        for (Said said : all) {
            paho.send(said);
        }
    }

    /** What has come for the reader, once the last of it has. */
    private List<Said> read(Said last) throws Exception {
        try (Client client = Product.HIVE_5.connected(reader)) {
            await().atMost(PATIENCE).until(() -> client.heard().contains(last));
            return List.copyOf(client.heard());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void whatItSendsAgainFromItsFolderComesOnce(int version) throws Exception {
        try (Paho paho = paho(version)) {
            paho.connect();
            cable.mute();
            send(paho, numbered(2, 0, 5));
            await().until(() -> server.broker().received() == 5);
            assertThat(paho.pending()).isEqualTo(5);
        }
        server.restart();
        try (Paho paho = paho(version)) {
            assertThat(paho.connect()).isTrue();
            await().atMost(PATIENCE).until(() -> paho.pending() == 0);
            paho.publish(new Said("jobs/2/last", "last", 2, false));
        }
        assertThat(read(new Said("jobs/2/last", "last", 2, false)))
                .containsOnlyOnceElementsOf(numbered(2, 0, 5))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void itComesBackByItselfAndBringsWhatItCouldNotSend(int version) throws Exception {
        try (Paho paho = paho(version)) {
            paho.connect();
            paho.subscribe("commands/paho", 1);
            send(paho, numbered(1, 0, 10));
            server.stop();
            await().until(() -> !paho.connected());
            send(paho, numbered(1, 10, 20));
            server.start();
            try (Client other = Product.HIVE_3.connected(Login.brief(server.address(), "other"))) {
                other.publish(new Said("commands/paho", "go", 1, false));
            }
            await().atMost(PATIENCE).until(paho::connected);
            await().atMost(PATIENCE).until(() -> paho.pending() == 0);
            await().until(() -> !paho.heard().isEmpty());
            assertThat(paho.heard()).containsExactly(new Said("commands/paho", "go", 1, false));
            paho.publish(new Said("jobs/1/last", "last", 1, false));
        }
        assertThat(read(new Said("jobs/1/last", "last", 1, false))).containsAll(numbered(1, 0, 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void aCutCableDoublesNothingOfQosTwo(int version) throws Exception {
        try (Paho paho = paho(version)) {
            paho.connect();
            for (int round = 0; round < 3; round++) {
                cable.mute();
                send(paho, numbered(2, round * 5, round * 5 + 5));
                int sent = round * 5 + 5;
                await().until(() -> server.broker().received() >= sent);
                cable.cut();
                await().atMost(PATIENCE).until(() -> paho.connected() && paho.pending() == 0);
            }
            paho.publish(new Said("jobs/2/last", "last", 2, false));
        }
        assertThat(read(new Said("jobs/2/last", "last", 2, false)))
                .containsOnlyOnceElementsOf(numbered(2, 0, 15))
                .hasSize(16);
    }
}
