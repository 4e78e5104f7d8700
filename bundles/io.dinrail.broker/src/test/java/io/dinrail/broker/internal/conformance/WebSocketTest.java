package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Notation;
import io.dinrail.broker.internal.protocol.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT in the frames of WebSocket (RFC 6455), those too written by hand. */
class WebSocketTest {
    private static final int PATIENCE = 5_000;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    @RegisterExtension
    final Bench bench = new Bench();

    private Wires wires;

    @BeforeEach
    void shakeHands() throws IOException {
        assumeTrue(bench.server().webSocket().isPresent());
        wires = new Wires(bench.server().webSocket().orElseThrow());
        wires.write(String.join(
                        "\r\n",
                        "GET /mqtt HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Protocol: mqtt",
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) wires.raw(1, PATIENCE)[0]);
        }
        assertThat(answer.toString())
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .containsPattern("(?i)sec-websocket-protocol: mqtt\r");
    }

    @AfterEach
    void close() throws IOException {
        if (wires != null) {
            wires.close();
        }
    }

    private void frame(int first, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        out.write(0x80 | content.length);
        out.writeBytes(MASK);
        for (int i = 0; i < content.length; i++) {
            out.write(content[i] ^ MASK[i % 4]);
        }
        wires.write(out.toByteArray());
    }

    private void binary(String packets, int level) {
        frame(0x82, Notation.bytes(packets.replace("@", bench.name()), level));
    }

    /** The bytes in the next binary frames, as many as asked for. */
    private String content(int count) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < count) {
            byte[] head = wires.raw(2, PATIENCE);
            assertThat(head[0]).isEqualTo((byte) 0x82);
            all.writeBytes(wires.raw(head[1], PATIENCE));
        }
        assertThat(all.size()).isEqualTo(count);
        return java.util.HexFormat.of().withUpperCase().formatHex(all.toByteArray());
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-6.0.0-1", "MQTT-6.0.0-4"})
    @Statement(
            version = 5,
            value = {"MQTT-6.0.0-1", "MQTT-6.0.0-4"})
    void packetsComeInBinaryFrames() throws IOException {
        binary("10[<MQTT> 04 02 0000 <@c>]", 4);
        assertThat(content(4)).isEqualTo("20020000");
        binary("C000", 4);
        assertThat(content(2)).isEqualTo("D000");
    }

    @Test
    @Statement(version = 4, value = "MQTT-6.0.0-2")
    @Statement(version = 5, value = "MQTT-6.0.0-2")
    void framesAndPacketsNeedNotEndTogether() throws IOException {
        for (byte b : Notation.bytes("10[<MQTT> 04 02 0000 <" + bench.name() + ">]", 4)) {
            frame(0x82, new byte[] {b});
        }
        assertThat(content(4)).isEqualTo("20020000");
        binary("C000 C000 C0", 4);
        binary("00 82[0001 <@/a> 00]", 4);
        assertThat(content(11)).isEqualTo("D000D000D0009003000100");
        frame(0x02, new byte[] {(byte) 0xC0});
        frame(0x80, new byte[] {0});
        assertThat(content(2)).isEqualTo("D000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Statement(version = 4, value = "MQTT-6.0.0-1")
    @Statement(version = 5, value = "MQTT-6.0.0-1")
    void aFrameOfTextEndsTheConnection(boolean connected) throws IOException {
        if (connected) {
            binary("10[<MQTT> 04 02 0000 <@c>]", 4);
            assertThat(content(4)).isEqualTo("20020000");
        }
        frame(0x81, new byte[] {'h', 'i'});
        assertThatThrownBy(() -> {
                    while (true) {
                        wires.raw(1, PATIENCE);
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(java.net.SocketTimeoutException.class);
    }
}
