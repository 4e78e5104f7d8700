package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    private static Net.Choice tls() {
        return Net.with().listeners(Net.listener("mqtts", true, false, false));
    }

    private static Raw client(Net net, SSLContext context) throws IOException {
        Socket socket = context.getSocketFactory().createSocket(InetAddress.getByName("127.0.0.1"), net.port("mqtts"));
        return net.connected(new Raw(socket));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateIsTakenButNotNeeded(boolean presented) throws Exception {
        try (Net net = tls().open()) {
            client(net, Net.KEYS.client(presented)).send(Raw.connect(), Raw.publish(100_000));
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 100000"));
            assertThat(net.only().link().peer()).satisfies(peer -> {
                assertThat(peer.listener()).isEqualTo("mqtts");
                assertThat(peer.encrypted()).isTrue();
                assertThat(peer.local()).isFalse();
                assertThat(peer.certificate()
                                .map(own -> own.getSubjectX500Principal().getName()))
                        .isEqualTo(presented ? Optional.of("CN=press-1") : Optional.empty());
            });
        }
    }

    @Test
    void aCertificateThatNobodyTrustsEndsTheHandshake() throws Exception {
        try (Net net = tls().open()) {
            Raw client = client(net, Net.KEYS.stranger());
            try {
                client.send(Raw.connect());
                client.readAll();
            } catch (IOException e) {
                // refused in the handshake or right after it, as the version has it
            }
            Net.eventually().until(() -> net.losses("tls.refused") == 1);
            assertThat(net.accepted()).isZero();
        }
    }

    @Test
    void whatIsNoTlsIsRefused() throws Exception {
        try (Net net = tls().open()) {
            assertThat(net.client("mqtts").send(Raw.connect(), Raw.connect()).isEnded())
                    .isTrue();
            Net.eventually().until(() -> net.losses("tls.refused") == 1);
            assertThat(net.accepted()).isZero();
        }
    }

    @Test
    void whoDoesNotShakeHandsIsClosed() throws Exception {
        try (Net net = tls().limit(Duration.ofMillis(100)).open()) {
            assertThat(net.client("mqtts").isEnded()).isTrue();
            assertThat(net.losses("connect.late")).isOne();
        }
    }

    @Test
    void whoShakesHandsAndIsSilentIsClosed() throws Exception {
        try (Net net = tls().limit(Duration.ofSeconds(1)).open()) {
            assertThat(client(net, Net.KEYS.client(false)).readAll()).isEmpty();
            assertThat(net.losses("connect.late")).isOne();
            assertThat(net.accepted()).isOne();
        }
    }

    @Test
    void theLastWordsArriveBeforeTheEnd() throws Exception {
        try (Net net = tls().answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.reading(false);
                        link.write(link.allocator()
                                .buffer()
                                .writeBytes("x".repeat(500_000).getBytes(US_ASCII)));
                        link.close();
                    }
                })
                .open()) {
            Raw client = client(net, Net.KEYS.client(true)).send(Raw.connect());
            assertThat(client.readAll()).hasSize(500_000);
        }
    }

    @Test
    void whoLeavesInTheMiddleOfTheHandshakeIsForgotten() throws Exception {
        try (Net net = tls().open()) {
            net.client("mqtts").send(new byte[] {22, 3, 1, 2}).close();
            net.client("mqtts").send(new byte[] {22, 3, 1, 2}).reset();
            Net.eventually().until(() -> net.transport().connections() == 0);
            assertThat(net.accepted()).isZero();
        }
    }
}
