package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ByteBuf text(String line) {
        return Unpooled.copiedBuffer(line.replace("_", "\r\n"), US_ASCII);
    }

    private static ByteBuf binary(String afterSignature) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(SIGNATURE + afterSignature));
    }

    /** Also checks that no beginning of it is taken for the whole, nor refused. */
    private static String source(ByteBuf whole) throws ProxyHeader.Invalid {
        int length = whole.readableBytes();
        for (int some = 0; some < length; some++) {
            assertThat(ProxyHeader.read(whole.slice(0, some))).isEmpty();
        }
        ByteBuf more = Unpooled.wrappedBuffer(whole, Unpooled.wrappedBuffer(new byte[] {0x10}));
        ProxyHeader header = ProxyHeader.read(more).orElseThrow();
        assertThat(more.readableBytes()).isOne();
        return header.source().map(ProxyHeaderTest::shown).orElse("itself");
    }

    private static String shown(InetSocketAddress source) {
        return source.getAddress().getHostAddress() + " " + source.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883_, 192.0.2.1 56324",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535_, 255.255.255.255 65535",
        "PROXY TCP6 2001:db8::1 ::1 1 0_, 2001:db8:0:0:0:0:0:1 1",
        "PROXY UNKNOWN_, itself",
        "PROXY UNKNOWN ffff::1 whatever 1 2_, itself"
    })
    void aLineSaysWhoIsBehindIt(String line, String source) throws ProxyHeader.Invalid {
        assertThat(source(text(line))).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({
        "2111000cc0000201c6336402dc04075b, 192.0.2.1 56324",
        "21110010c0000201c6336402dc04075b03000122, 192.0.2.1 56324",
        "2121002420010db8000000000000000000000001000000000000000000000000000000010001075b, 2001:db8:0:0:0:0:0:1 1",
        "20000000, itself",
        "2011000cc0000201c6336402dc04075b, itself",
        "21000000, itself",
        "213100020000, itself"
    })
    void bytesSayWhoIsBehindThem(String bytes, String source) throws ProxyHeader.Invalid {
        assertThat(source(binary(bytes))).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1_",
                "PROXX",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324_",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883 7_",
                "PROXY TCP4  192.0.2.1 198.51.100.2 56324 1883_",
                "PROXY TCP4 192.0.2 198.51.100.2 56324 1883_",
                "PROXY TCP4 ::1 ::1 56324 1883_",
                "PROXY TCP4 example.org 198.51.100.2 56324 1883_",
                "PROXY TCP4 192.0.2.1 example.org 56324 1883_",
                "PROXY TCP6 192.0.2.1 198.51.100.2 56324 1883_",
                "PROXY TCP6 fe80::1%eth0 ::1 56324 1883_",
                "PROXY TCP4 192.0.2.1 198.51.100.2 65536 1883_",
                "PROXY TCP4 192.0.2.1 198.51.100.2 056 1883_",
                "PROXY TCP4 192.0.2.1 198.51.100.2 -1 1883_",
                "PROXY TCP4 192.0.2.1 198.51.100.2 1 x_",
                "PROXY UDP4 192.0.2.1 198.51.100.2 1 1_",
                "PROXY _",
                "PROXY UNKNOWN\n",
                "PROXY UNKNOWN xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void aBadLineIsRefused(String line) {
        assertThatThrownBy(() -> ProxyHeader.read(text(line))).isInstanceOf(ProxyHeader.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1111000cc0000201c6336402dc04075b",
                "2211000cc0000201c6336402dc04075b",
                "2112000cc0000201c6336402dc04075b",
                "2111000bc0000201c6336402dc0407",
                "2121000cc0000201c6336402dc04075b",
                "2111ffff"
            })
    void badBytesAreRefused(String bytes) {
        assertThatThrownBy(() -> ProxyHeader.read(binary(bytes))).isInstanceOf(ProxyHeader.Invalid.class);
    }
}
