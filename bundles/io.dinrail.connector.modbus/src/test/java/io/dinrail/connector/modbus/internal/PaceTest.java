package io.dinrail.connector.modbus.internal;

import static io.dinrail.connector.modbus.internal.Rows.row;
import static io.dinrail.connector.modbus.internal.Rows.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.modbus.internal.wire.IdleWatch;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.modbus.MisbehavingSlave;
import io.dinrail.testkit.modbus.Misbehaviour;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connector speaks, when it is silent, and when it lets a connection go. */
class PaceTest {
    private static final Sample ZERO = Sample.good(TagValue.of(0));

    private final IdleWatch idle = new IdleWatch();
    private final Counts counts = new Counts();
    private MisbehavingSlave slave;

    @BeforeEach
    void start() throws Exception {
        slave = MisbehavingSlave.tcp();
    }

    @AfterEach
    void stop() throws Exception {
        idle.close();
        slave.close();
    }

    @Test
    void aSlaveThatWantsPausesGetsThem() throws Exception {
        ModbusConnector patient = connector("request.gap", "100ms", "connect.delay", "100ms");
        long start = System.nanoTime();
        patient.open();
        readsZero(patient);
        readsZero(patient);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        patient.close();
    }

    @Test
    void anIdleConnectionIsClosedAndMadeAnewByTheNextRequest() throws Exception {
        ModbusConnector modest = connector("idle.close", "100ms");
        modest.open();
        readsZero(modest);
        await().until(() -> slave.openConnections() == 0);
        readsZero(modest);
        assertThat(slave.connections()).isEqualTo(2);
        assertThat(counts.faults()).isZero();
        modest.close();
    }

    @Test
    void aPeerThatClosedAConnectionMeanwhileCostsOneFurtherAttempt() throws Exception {
        ModbusConnector connector = connector();
        connector.open();
        readsZero(connector);
        slave.disconnect();
        readsZero(connector);
        assertThat(slave.connections()).isEqualTo(2);
        connector.close();
    }

    @Test
    void aConnectorThatIsClosedWhileItReadsStopsAndStaysClosed() throws Exception {
        ModbusConnector connector = connector("timeout", "20s", "retries", "5");
        connector.open();
        slave.behaves(request -> Misbehaviour.SILENT);
        CompletableFuture<ConnectorException> failure = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(zero(connector)))));
        await().until(() -> !slave.requests().isEmpty());
        connector.close();
        assertThat(failure.get(5, TimeUnit.SECONDS))
                .hasMessageContaining("is not connected")
                .returns(Reason.LOST, ConnectorException::reason);
        assertThat(slave.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4"})
    void noMoreRequestsAreOnTheirWayThanAreAllowed(String allowed, int expected) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> unanswered = CompletableFuture.supplyAsync(() -> requestsOn(server));
            ModbusConnector connector =
                    connector("port", String.valueOf(server.getLocalPort()), "max.in.flight", allowed, "timeout", "2s");
            connector.open();
            List<ModbusPoint> apart = IntStream.range(0, 8)
                    .mapToObj(i -> connector.point(row("holding:" + i * 1000, "uint16")))
                    .toList();
            assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.read(apart)))
                    .isNotNull();
            assertThat(unanswered.get(5, TimeUnit.SECONDS)).isEqualTo(expected);
            connector.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void aSilenceAmongSeveralAnswersHurtsOnlyItsOwnBlock(String inFlight) throws Exception {
        ModbusConnector connector = connector("max.in.flight", inFlight, "timeout", "500ms", "retries", "0");
        connector.open();
        slave.behaves(request -> request.start() == 7000 ? Misbehaviour.SILENT : Misbehaviour.NONE);
        List<ModbusPoint> apart = IntStream.range(0, 8)
                .mapToObj(i -> connector.point(row("holding:" + i * 1000, "uint16")))
                .toList();
        List<Sample> samples = connector.read(apart);
        assertThat(samples.subList(0, 7)).containsOnly(ZERO);
        assertThat(samples.get(7)).isEqualTo(Sample.bad("comm-failure"));
        connector.close();
    }

    /** Never answers, and closes the connection once nothing came for a while. */
    private static int requestsOn(ServerSocket server) {
        int requests = 0;
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(500);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                in.readNBytes(12);
                requests++;
            }
        } catch (SocketTimeoutException e) {
            return requests;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ModbusPoint zero(ModbusConnector connector) {
        return connector.point(row("holding:0", "uint16"));
    }

    private static void readsZero(ModbusConnector connector) throws ConnectorException {
        assertThat(connector.read(List.of(zero(connector)))).containsExactly(ZERO);
    }

    private ModbusConnector connector(String... more) {
        String[] keys = java.util.Arrays.copyOf(new String[] {"port", String.valueOf(slave.port())}, more.length + 2);
        System.arraycopy(more, 0, keys, 2, more.length);
        return new ModbusConnector("press", settings(keys), counts, idle, Clock.systemUTC());
    }
}
