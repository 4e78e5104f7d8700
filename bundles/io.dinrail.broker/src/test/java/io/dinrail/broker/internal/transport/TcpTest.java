package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.broker.internal.link.Link;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TcpTest {
    private static void say(Link link, String text) {
        link.write(link.allocator().buffer().writeBytes(text.getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packetsMayComeByteByByte(boolean epoll) throws IOException {
        try (Net net = Net.with().epoll(epoll).open()) {
            Raw client = net.client();
            for (byte one : Raw.join(Raw.connect(), Raw.publish(300), Raw.disconnect())) {
                client.send(new byte[] {one});
            }
            Net.eventually().until(() -> net.only().told().contains("DISCONNECT"));
            assertThat(net.only().told())
                    .filteredOn(what -> !what.equals("turn"))
                    .containsExactly("CONNECT", "PUBLISH 300", "DISCONNECT");
        }
    }

    @Test
    void manyPacketsMayComeAtOnce() throws IOException {
        try (Net net = Net.with().open()) {
            byte[][] packets = new byte[1_001][];
            packets[0] = Raw.connect();
            Arrays.fill(packets, 1, packets.length, Raw.publish(100));
            net.client().send(packets);
            Net.eventually().until(() -> net.only().count("PUBLISH 100") == 1_000);
            Net.eventually()
                    .until(() ->
                            net.only().told().get(net.only().told().size() - 1).equals("turn"));
            assertThat(net.only().count("turn")).isLessThan(100);
        }
    }

    /** The others of its loop have their turns in between. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFloodIsReadInSmallTurns(boolean epoll) throws IOException {
        try (Net net = Net.with().epoll(epoll).open()) {
            Raw client = net.client().send(Raw.connect());
            Net.eventually().until(() -> net.only().told().contains("turn"));
            CountDownLatch sent = new CountDownLatch(1);
            net.only().link().loop().submit(() -> sent.await(20, TimeUnit.SECONDS));
            byte[][] packets = new byte[300][];
            Arrays.fill(packets, Raw.publish(1_000));
            client.send(packets);
            sent.countDown();
            Net.eventually().until(() -> net.only().count("PUBLISH 1000") == 300);
            int run = 0;
            int longest = 0;
            for (String what : net.only().told()) {
                run = what.equals("turn") ? 0 : run + 1;
                longest = Math.max(longest, run);
            }
            assertThat(longest).isLessThanOrEqualTo(33);
        }
    }

    @Test
    void aLargePacketMayComeInSmallPieces() throws IOException {
        try (Net net = Net.with().open()) {
            Raw client = net.client().send(Raw.connect());
            byte[] large = Raw.publish(1_000_000);
            for (int at = 0; at < large.length; at += 777) {
                client.send(Arrays.copyOfRange(large, at, Math.min(at + 777, large.length)));
            }
            client.send(Raw.publish(1));
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 1"));
            assertThat(net.only().told()).contains("PUBLISH 1000000");
        }
    }

    @Test
    void whoIsThereIsKnown() throws IOException {
        try (Net net = Net.with().open()) {
            Raw client = net.client();
            assertThat(net.only().link().peer()).satisfies(peer -> {
                assertThat(peer.host()).isEqualTo("127.0.0.1");
                assertThat(peer.address().getPort()).isEqualTo(client.socket().getLocalPort());
                assertThat(peer.listener()).isEqualTo("mqtt");
                assertThat(peer.local()).isTrue();
                assertThat(peer.encrypted()).isFalse();
                assertThat(peer.certificate()).isEmpty();
            });
        }
    }

    @Test
    void whatIsNoPacketIsToldOnceAndNothingAfterIt() throws IOException {
        try (Net net = Net.with().answering(this::closeOnMalformed).open()) {
            Raw client = net.client().send(Raw.connect(), new byte[] {0}, Raw.publish(1));
            assertThat(new String(client.readAll(), US_ASCII)).isEqualTo("bye");
            Net.eventually().until(() -> net.only().told().contains("closed"));
            assertThat(net.only().told())
                    .containsExactly("CONNECT", "malformed MALFORMED_PACKET V3_1_1", "turn", "closed");
        }
    }

    private void closeOnMalformed(Link link, String what) {
        if (what.startsWith("malformed")) {
            say(link, "bye");
            link.close();
        }
    }

    @Test
    void whatWasNoConnectHasNoVersion() throws IOException {
        try (Net net = Net.with().open()) {
            net.client().send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            Net.eventually().until(() -> !net.only().told().isEmpty());
            assertThat(net.only().told().get(0)).isEqualTo("malformed PROTOCOL_ERROR");
        }
    }

    @Test
    void theLastWordsArriveAlsoWhenSomethingIsUnread() throws IOException {
        String words = "x".repeat(50_000);
        try (Net net = Net.with()
                .answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.reading(false);
                        say(link, words);
                        link.close();
                    }
                })
                .open()) {
            Raw client = net.client().send(Raw.connect(), Raw.publish(500_000));
            assertThat(client.readAll()).hasSize(words.length());
            assertThat(net.only().told()).containsExactly("CONNECT", "turn", "closed");
        }
    }

    @Test
    void whoNeverSendsIsClosed() throws IOException {
        try (Net net = Net.with().limit(Duration.ofMillis(100)).open()) {
            assertThat(net.client().isEnded()).isTrue();
            assertThat(net.losses("connect.late")).isOne();
        }
    }

    @Test
    void whoSendsHalfAConnectIsClosed() throws IOException {
        try (Net net = Net.with().limit(Duration.ofMillis(100)).open()) {
            assertThat(net.client().send(new byte[] {0x10, 20, 0}).isEnded()).isTrue();
            assertThat(net.only().told()).containsExactly("closed");
        }
    }

    @Test
    void whoDoesNotReadItsLastWordsIsClosedAllTheSame() throws IOException {
        try (Net net = Net.with()
                .limit(Duration.ofMillis(200))
                .answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.write(Unpooled.wrappedBuffer(new byte[20_000_000]));
                        link.close();
                    }
                })
                .open()) {
            net.client().send(Raw.connect());
            Net.eventually().until(() -> net.only().told().contains("closed"));
            Net.eventually().until(() -> net.transport().connections() == 0);
        }
    }

    @Test
    void aSlowReaderIsSeenAndItsRecoveryToldOnce() throws IOException {
        try (Net net = Net.with().open()) {
            Raw client = net.client().send(Raw.connect());
            Link link = net.only().link();
            int bytes = 10_000_000;
            link.loop().execute(() -> {
                link.write(Unpooled.wrappedBuffer(new byte[bytes]));
                link.flush();
            });
            Net.eventually().until(() -> !link.isWritable());
            assertThat(link.pending()).isGreaterThan(Net.HIGH);
            assertThat(net.only().count("writable")).isZero();
            assertThat(client.read(bytes)).hasSize(bytes);
            Net.eventually().until(() -> net.only().count("writable") == 1);
            assertThat(link.pending()).isLessThan(Net.LOW);
            assertThat(link.isWritable()).isTrue();
        }
    }

    @Test
    void aPausedConnectionIsNotReadFrom() throws Exception {
        try (Net net = Net.with()
                .answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.reading(false);
                    }
                })
                .open()) {
            Raw client = net.client().send(Raw.connect());
            Net.eventually().until(() -> net.only().told().contains("turn"));
            client.send(Raw.publish(10));
            Link link = net.only().link();
            // Whatever the loop would have read by itself comes before this.
            link.loop().submit(() -> {}).get();
            assertThat(net.only().told()).containsExactly("CONNECT", "turn");
            link.loop().execute(() -> link.reading(true));
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 10"));
        }
    }

    @Test
    void theLargestPacketMayChangeInTheMiddleOfATurn() throws IOException {
        try (Net net = Net.with()
                .answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.largestPacket(100);
                    }
                })
                .open()) {
            net.client().send(Raw.connect(), Raw.publish(10), Raw.publish(200));
            Net.eventually().until(() -> net.only().told().size() == 4);
            assertThat(net.only().told())
                    .containsExactly("CONNECT", "PUBLISH 10", "malformed PACKET_TOO_LARGE V3_1_1", "turn");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "turn", "malformed PROTOCOL_ERROR", "accepted", "closed"})
    void aHandlerThatFailsLosesItsOwnConnectionOnly(String at) throws IOException {
        try (Net net = Net.with()
                .answering((link, what) -> {
                    if (what.equals(at) && isFirst(link)) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .open()) {
            Raw client = net.client();
            client.send(at.startsWith("malformed") ? Raw.disconnect() : Raw.connect());
            if (at.equals("closed")) {
                Net.eventually().until(() -> net.only().told().contains("turn"));
                client.close();
            } else {
                assertThat(client.isEnded()).isTrue();
            }
            Net.eventually().until(() -> net.losses("connection.failed") == 1);
            net.client().send(Raw.connect());
            int served = at.equals("accepted") ? 1 : 2;
            Net.eventually().until(() -> net.nth(served).told().contains("CONNECT"));
        }
    }

    private volatile Link first;

    private boolean isFirst(Link link) {
        if (first == null) {
            first = link;
        }
        return first == link;
    }

    @Test
    void everyWayToEndIsToldOnce() throws IOException {
        try (Net net = Net.with().open()) {
            Raw resetting = net.client().send(Raw.connect());
            net.nth(1);
            Raw closing = net.client().send(Raw.connect());
            net.nth(2);
            net.client().send(Raw.connect());
            net.nth(3);
            net.client().send(Raw.connect());
            net.nth(4);
            resetting.reset();
            closing.close();
            net.nth(3).link().loop().execute(net.nth(3).link()::close);
            net.nth(3).link().loop().execute(net.nth(3).link()::close);
            net.nth(4).link().loop().execute(net.nth(4).link()::abort);
            for (int i = 1; i <= 4; i++) {
                Heard handler = net.nth(i);
                Net.eventually().until(() -> handler.told().contains("closed"));
            }
        }
    }

    @Test
    void whatIsWrittenAfterTheEndIsReleased() throws Exception {
        try (Net net = Net.with().open()) {
            net.client().send(Raw.connect()).close();
            Net.eventually().until(() -> net.only().told().contains("closed"));
            Link link = net.only().link();
            link.loop()
                    .submit(() -> {
                        say(link, "x");
                        link.flush();
                        link.close();
                        link.abort();
                    })
                    .get();
        }
    }

    @Test
    void aBusyPortIsSaidAndTriedAgain() throws IOException {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", other.getLocalPort());
        Listener busy = new Listener("mqtt", address, false, false, false, "DINRAIL_MQTT_PORT");
        try (Net net = Net.with().listeners(busy).open()) {
            String port = "port " + other.getLocalPort() + " on 127.0.0.1";
            assertThat(net.transport().describe())
                    .isEqualTo(List.of(
                            "mqtt closed: " + port + " is taken by another program: stop it or set DINRAIL_MQTT_PORT"));
            assertThat(net.transport().port("mqtt")).isEmpty();
            other.close();
            net.transport().open();
            assertThat(net.transport().describe()).containsExactly("mqtt 127.0.0.1:" + address.getPort());
        }
    }

    @Test
    void nobodyComesInAfterShutAndWhoIsInStays() throws IOException {
        try (Net net = Net.with().open()) {
            Raw client = net.client();
            int port = net.port("mqtt");
            net.only();
            net.transport().shut();
            assertThatThrownBy(() -> Raw.to(port)).isInstanceOf(IOException.class);
            client.send(Raw.connect());
            Net.eventually().until(() -> net.only().told().contains("CONNECT"));
        }
    }

    @Test
    void closeSendsWhatWasWritten() throws Exception {
        try (Net net = Net.with().open()) {
            Raw client = net.client().send(Raw.connect());
            Link link = net.only().link();
            link.loop().submit(() -> say(link, "bye")).get();
            net.transport().close();
            assertThat(new String(client.readAll(), US_ASCII)).isEqualTo("bye");
        }
    }
}
