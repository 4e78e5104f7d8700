package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketTest {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final String ASK = "GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";

    private static Net.Choice webSocket() {
        return Net.with().listeners(Net.listener("ws", false, true, false));
    }

    /** A frame as clients send it: masked. */
    private static byte[] frame(boolean last, int kind, byte[] content) {
        byte[] mask = {1, 2, 3, 4};
        byte[] masked = content.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask[i % mask.length];
        }
        return Raw.join(new byte[] {(byte) ((last ? 0x80 : 0) | kind)}, length(content.length, 0x80), mask, masked);
    }

    private static byte[] length(int length, int masked) {
        if (length < 126) {
            return new byte[] {(byte) (masked | length)};
        }
        if (length < 65_536) {
            return new byte[] {(byte) (masked | 126), (byte) (length >> 8), (byte) length};
        }
        return new byte[] {
            (byte) (masked | 127),
            0,
            0,
            0,
            0,
            (byte) (length >> 24),
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length
        };
    }

    private static String answer(Raw client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            byte[] one = client.read(1);
            if (one.length == 0) {
                break;
            }
            head.append((char) one[0]);
        }
        return head.toString();
    }

    private static Raw opened(Net net) throws IOException {
        Raw client = net.client("ws").send(ASK.getBytes(US_ASCII));
        assertThat(answer(client)).startsWith("HTTP/1.1 101");
        return client;
    }

    /** Expects a short frame of the server. */
    private static byte[] read(Raw client, int kind) throws IOException {
        byte[] head = client.read(2);
        assertThat(head[0] & 0xFF).isEqualTo(0x80 | kind);
        assertThat(head[1]).isBetween((byte) 0, (byte) 125);
        return client.read(head[1]);
    }

    @Test
    void theAnswerChoosesMqttAndNoExtension() throws IOException {
        try (Net net = webSocket().open()) {
            String offered =
                    ASK.replace(": mqtt\r\n", ": chat, mqtt\r\nSec-WebSocket-Extensions: permessage-deflate\r\n");
            String answer = answer(net.client("ws").send(offered.getBytes(US_ASCII)));
            assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                    .startsWith("http/1.1 101")
                    .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")
                    .contains("sec-websocket-protocol: mqtt\r\n")
                    .doesNotContain("extensions");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/mqtt, /other, 404",
        "GET, POST, 405",
        "Version: 13, Version: 8, 426",
        "Upgrade: websocket, Upgrade: h2c, 426",
        "Protocol: mqtt, Protocol: chat, 400",
        "Protocol: mqtt, Nothing: mqtt, 400",
        "Sec-WebSocket-Key, Sec-WebSocket-Lock, 400",
        "HTTP/1.1, HTTP/1.1 x, 400"
    })
    void anotherRequestIsRefusedAndTheLast(String from, String to, String status) throws IOException {
        try (Net net = webSocket().open()) {
            Raw client = net.client("ws").send(ASK.replace(from, to).getBytes(US_ASCII));
            assertThat(new String(client.readAll(), US_ASCII)).startsWith("HTTP/1.1 " + status);
            assertThat(net.accepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 100_000})
    void packetsAndFramesNeedNotFit(int size) throws IOException {
        byte[] packets = Raw.join(Raw.connect(), Raw.publish(5), Raw.publish(size == 1 ? 300 : 70_000), Raw.publish(0));
        try (Net net = webSocket().open()) {
            Raw client = opened(net);
            for (int at = 0; at < packets.length; at += size) {
                client.send(frame(true, BINARY, Arrays.copyOfRange(packets, at, Math.min(at + size, packets.length))));
            }
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 0"));
            assertThat(net.only().told())
                    .filteredOn(what -> !what.equals("turn"))
                    .containsExactly("CONNECT", "PUBLISH 5", "PUBLISH " + (size == 1 ? 300 : 70_000), "PUBLISH 0");
        }
    }

    @Test
    void aMessageMayBeFragmentedWithPingsBetweenAndTheBytesOfFramesTornApart() throws IOException {
        byte[] connect = Raw.connect();
        byte[] bytes = Raw.join(
                frame(false, BINARY, Arrays.copyOfRange(connect, 0, 3)),
                frame(true, PING, "a".getBytes(US_ASCII)),
                frame(false, CONTINUATION, Arrays.copyOfRange(connect, 3, 5)),
                frame(true, CONTINUATION, Raw.join(Arrays.copyOfRange(connect, 5, connect.length), Raw.publish(200))));
        try (Net net = webSocket().open()) {
            Raw client = opened(net);
            Random random = new Random(7);
            for (int at = 0; at < bytes.length; ) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(5));
                client.send(Arrays.copyOfRange(bytes, at, end));
                at = end;
            }
            assertThat(new String(read(client, PONG), US_ASCII)).isEqualTo("a");
            Net.eventually().until(() -> net.only().told().contains("PUBLISH 200"));
        }
    }

    @Test
    void whatIsWrittenComesInBinaryFramesAndTheEndIsSaid() throws IOException {
        try (Net net = webSocket()
                .answering((link, what) -> {
                    if (what.equals("CONNECT")) {
                        link.write(link.allocator().buffer().writeBytes("hello".getBytes(UTF_8)));
                        link.close();
                    }
                })
                .open()) {
            Raw client = opened(net).send(frame(true, BINARY, Raw.connect()));
            assertThat(new String(read(client, BINARY), UTF_8)).isEqualTo("hello");
            assertThat(read(client, CLOSE)).startsWith(1_000 >> 8, 1_000 & 0xFF);
            client.send(frame(true, CLOSE, new byte[0]));
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void textCloses() throws IOException {
        try (Net net = webSocket().open()) {
            Raw client = opened(net).send(frame(true, TEXT, "hello".getBytes(UTF_8)));
            assertThat(read(client, CLOSE)).startsWith(1_003 >> 8, 1_003 & 0xFF);
            assertThat(client.isEnded()).isTrue();
            Net.eventually().until(() -> net.only().told().contains("closed"));
        }
    }

    @Test
    void aCloseFrameIsAnsweredAndEnds() throws IOException {
        try (Net net = webSocket().open()) {
            Raw client = opened(net).send(frame(true, BINARY, Raw.connect()), frame(true, CLOSE, new byte[0]));
            assertThat(read(client, CLOSE)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(client.readAll()).isEmpty();
            Net.eventually().until(() -> net.only().told().contains("closed"));
        }
    }

    @Test
    void aFrameThatIsTooLargeOrUnmaskedOrCompressedCloses() throws IOException {
        try (Net net = webSocket().open()) {
            byte[] large = Raw.join(new byte[] {(byte) (0x80 | BINARY)}, length(2_000_000, 0x80), new byte[4]);
            byte[] unmasked = Raw.join(new byte[] {(byte) (0x80 | BINARY)}, length(10, 0), new byte[10]);
            byte[] compressed = frame(true, BINARY, new byte[10]);
            compressed[0] |= 0x40;
            for (byte[] bad : new byte[][] {large, unmasked, compressed}) {
                assertThat(opened(net).send(bad).isEnded()).isTrue();
            }
            Net.eventually().until(() -> net.losses("connection.malformed") == 3);
        }
    }

    @Test
    void whoAsksNothingIsClosed() throws IOException {
        try (Net net = webSocket().limit(Duration.ofMillis(100)).open()) {
            assertThat(net.client("ws").send("GET /mq".getBytes(US_ASCII)).isEnded())
                    .isTrue();
            assertThat(net.losses("connect.late")).isOne();
            assertThat(net.accepted()).isZero();
        }
    }

    @Test
    void whoPingsAndNeverReadsIsClosed() throws Exception {
        try (Net net = webSocket().open()) {
            Raw client = opened(net);
            byte[] pings = Raw.join(java.util.Collections.nCopies(1_000, frame(true, PING, new byte[125]))
                    .toArray(byte[][]::new));
            boolean ended = false;
            for (int i = 0; i < 1_000 && !ended; i++) {
                try {
                    client.send(pings);
                } catch (IOException e) {
                    ended = true;
                }
            }
            assertThat(ended).isTrue();
        }
    }

    @Test
    void aPageInABrowserIsNotLocal() throws IOException {
        try (Net net = webSocket().open()) {
            opened(net);
            String byPage = ASK.replace("Host: x\r\n", "Host: x\r\nOrigin: https://elsewhere.example\r\n");
            answer(net.client("ws").send(byPage.getBytes(US_ASCII)));
            assertThat(net.nth(1).link().peer().local()).isTrue();
            assertThat(net.nth(2).link().peer().local()).isFalse();
            assertThat(net.nth(2).link().peer().listener()).isEqualTo("ws");
        }
    }

    @Test
    void itMayStandBehindTlsAndAProxy() throws Exception {
        try (Net net =
                Net.with().listeners(Net.listener("wss", true, true, true)).open()) {
            Raw plain = net.client("wss").send("PROXY TCP4 192.0.2.1 192.0.2.2 5 6\r\n".getBytes(US_ASCII));
            Raw client = net.connected(new Raw(Net.KEYS
                    .client(true)
                    .getSocketFactory()
                    .createSocket(plain.socket(), "127.0.0.1", net.port("wss"), true)));
            client.send(ASK.getBytes(US_ASCII));
            assertThat(answer(client)).startsWith("HTTP/1.1 101");
            client.send(frame(true, BINARY, Raw.connect()));
            Net.eventually().until(() -> net.only().told().contains("CONNECT"));
            assertThat(net.only().link().peer().host()).isEqualTo("192.0.2.1");
            assertThat(net.only().link().peer().encrypted()).isTrue();
            assertThat(net.only().link().peer().certificate()).isPresent();
        }
    }
}
