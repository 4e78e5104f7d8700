package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.Subscribed;
import io.dinrail.model.api.TagValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server goes, and comes back; only the host may try again. */
class LostServerTest {
    private final Platform platform = Rows.platform();
    private final RecordingSink sink = new RecordingSink();
    private final OpcuaPoint point = point("nsu=urn:test:plc;s=Value");

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void aServerThatStopsIsLostAndFoundAgain() throws Exception {
        TestServer first = new TestServer();
        first.variable("Value", OpcUaDataType.Int32, 1);
        OpcuaConnector connector = connector(first.port());
        connector.open();
        connector.subscribe(List.of(new Subscribed<>(point, Duration.ofMillis(20))), sink);
        await().untilAsserted(() -> assertThat(sink.of(point)).hasSize(1));

        first.close();
        await().untilAsserted(() -> assertThat(sink.losses).hasSize(1));
        assertThat(sink.losses.get(0)).startsWith(first.endpoint());
        assertThat(failure(connector)).returns(Reason.LOST, ConnectorException::reason);
        assertNobodyConnectsTo(first.port());

        try (TestServer second = new TestServer(first.port())) {
            second.variable("Value", OpcUaDataType.Int32, 2);
            connector.open();
            connector.subscribe(List.of(new Subscribed<>(point, Duration.ofMillis(20))), sink);
            await().untilAsserted(() -> assertThat(sink.of(point))
                    .extracting(sample -> sample.value().orElseThrow())
                    .containsExactly(TagValue.of(1), TagValue.of(2)));
            connector.close();
        }
        assertThat(sink.losses).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsLostAtOnceAndNotTriedAgain() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        OpcuaConnector connector = connector(port);
        assertThat(catchThrowableOfType(ConnectorException.class, connector::open))
                .hasMessage("opc.tcp://127.0.0.1:" + port + ": can't be connected: Connection refused")
                .returns(Reason.LOST, ConnectorException::reason);
        assertNobodyConnectsTo(port);
    }

    @Test
    void aServerThatSaysNothingIsLostAfterTheTimeout() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            OpcuaConnector connector = connector(deaf.getLocalPort());
            Instant start = Instant.now();
            assertThat(catchThrowableOfType(ConnectorException.class, connector::open))
                    .hasMessageContaining("no answer within 1s")
                    .returns(Reason.LOST, ConnectorException::reason);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void afterTheBundleStoppedNothingConnectsAndNoThreadIsLeft() throws Exception {
        try (TestServer server = new TestServer()) {
            server.variable("Value", OpcUaDataType.Int32, 1);
            OpcuaConnector connector = connector(server.port());
            connector.open();
            assertThat(connector.read(List.of(point))).extracting(Sample::value).hasSize(1);
            platform.threads().close();
            connector.close();
            assertThatThrownBy(connector::open).hasMessageContaining("stopping");
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("dinrail-opcua")));
    }

    private OpcuaConnector connector(int port) {
        return Rows.connector(
                platform, "endpoint", "opc.tcp://127.0.0.1:" + port, "timeout", "1s", "publishing.interval", "50ms");
    }

    private ConnectorException failure(OpcuaConnector connector) {
        return catchThrowableOfType(ConnectorException.class, () -> connector.read(List.of(point)));
    }

    private static void assertNobodyConnectsTo(int port) throws Exception {
        try (ServerSocket watch = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            watch.setSoTimeout(2500); // the library tries again after 1 s, then 2 s
            assertThatThrownBy(watch::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
