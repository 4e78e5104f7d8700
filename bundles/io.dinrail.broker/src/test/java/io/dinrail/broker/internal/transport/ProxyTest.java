package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.front.AddressRanges;
import io.netty.buffer.ByteBufUtil;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyTest {
    private static final byte[] TEXT = "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n".getBytes(US_ASCII);
    private static final byte[] BINARY =
            ByteBufUtil.decodeHexDump("0d0a0d0a000d0a515549540a2111000cc0000201c6336402dc04075b");

    private static Net.Choice proxied() {
        return Net.with().listeners(Net.listener("mqtt", false, false, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsBehindTheProxyIsThePeer(boolean binary) throws Exception {
        try (Net net = proxied().open()) {
            net.client().send(binary ? BINARY : TEXT, Raw.connect(), Raw.publish(3));
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 3"));
            assertThat(net.only().link().peer().host()).isEqualTo("192.0.2.1");
            assertThat(net.only().link().peer().local()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theHeaderMayComeByteByByte(boolean binary) throws Exception {
        try (Net net = proxied().open()) {
            Raw client = net.client();
            for (byte one : Raw.join(binary ? BINARY : TEXT, Raw.connect())) {
                client.send(new byte[] {one});
            }
            Net.eventually().until(() -> net.only().told().contains("CONNECT"));
        }
    }

    @Test
    void aProxyThatSpeaksForItselfIsNotLocal() throws Exception {
        try (Net net = proxied().open()) {
            net.client().send("PROXY UNKNOWN\r\n".getBytes(US_ASCII), Raw.connect());
            assertThat(net.only().link().peer().host()).isEqualTo("127.0.0.1");
            assertThat(net.only().link().peer().local()).isFalse();
        }
    }

    @Test
    void tlsMayStandBehindTheHeader() throws Exception {
        try (Net net =
                Net.with().listeners(Net.listener("mqtts", true, false, true)).open()) {
            Raw plain = net.client("mqtts").send(TEXT);
            Socket tls = Net.KEYS
                    .client(true)
                    .getSocketFactory()
                    .createSocket(plain.socket(), "127.0.0.1", net.port("mqtts"), true);
            net.connected(new Raw(tls)).send(Raw.connect());
            Net.eventually().until(() -> net.only().told().contains("CONNECT"));
            assertThat(net.only().link().peer().host()).isEqualTo("192.0.2.1");
            assertThat(net.only().link().peer().certificate()).isPresent();
        }
    }

    @Test
    void aConnectionWithoutAHeaderIsClosed() throws Exception {
        try (Net net = proxied().open()) {
            assertThat(net.client().send(Raw.connect()).isEnded()).isTrue();
            assertThat(net.losses("proxy.refused")).isOne();
            assertThat(net.accepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY TCP4 192.0.2.1"})
    void aHeaderThatDoesNotComeInTimeClosesToo(String some) throws Exception {
        try (Net net = proxied().limit(Duration.ofMillis(100)).open()) {
            assertThat(net.client().send(some.getBytes(US_ASCII)).isEnded()).isTrue();
            assertThat(net.losses("connect.late")).isOne();
            assertThat(net.accepted()).isZero();
        }
    }

    @Test
    void onlyProxiesThatAreNamedGetIn() throws Exception {
        try (Net net = proxied().proxies(AddressRanges.of("none", "10.0.0.0/8")).open()) {
            assertThat(net.client().isEnded()).isTrue();
            assertThat(net.losses("proxy.refused")).isOne();
        }
    }

    @Test
    void aHeaderThatWasNotAskedForIsNoMqtt() throws Exception {
        try (Net net = Net.with().open()) {
            net.client().send(TEXT, Raw.connect());
            Net.eventually().until(() -> !net.only().told().isEmpty());
            assertThat(net.only().told().get(0)).startsWith("malformed");
            assertThat(net.only().link().peer().host()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theLimitOfAnAddressCountsWhoIsBehindTheProxy() throws Exception {
        try (Net net = proxied().bounded(Net.bounds(0, Net.LOOPBACK, 0, 1)).open()) {
            Raw first = net.client().send(TEXT, Raw.connect());
            net.nth(1);
            assertThat(net.client().send(TEXT, Raw.connect()).isEnded()).isTrue();
            assertThat(net.losses("connect.refused")).isOne();
            first.close();
            Net.eventually().until(() -> net.transport().connections() == 0);
            net.client().send(BINARY, Raw.connect());
            Net.eventually().until(() -> net.nth(2).told().contains("CONNECT"));
        }
    }

    @Test
    void whoLeavesBeforeTheHeaderIsThereIsForgotten() throws Exception {
        try (Net net = proxied().open()) {
            net.client().send(new byte[] {'P', 'R'}).close();
            net.client().reset();
            Net.eventually().until(() -> net.transport().connections() == 0);
            assertThat(net.losses("connect.late")).isZero();
        }
    }
}
