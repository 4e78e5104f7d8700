package io.dinrail.broker.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Any bytes in front of a connection: a header, too few of one, or none; the same wherever they are cut, and never waited for without end. */
final class ProxyHeaderFuzzTest {
    private static final int LONGEST = 16 + 4_096;

    /** What was found: the bytes that were needed to know, and what they said. */
    private record Found(int needed, Optional<ProxyHeader> header) {}

    @FuzzTest(maxDuration = "1m")
    void bytesAreAHeaderOrTooFewOrRefused(byte[] input) {
        Found found = byByte(input);
        ByteBuf whole = Unpooled.wrappedBuffer(input);
        Optional<ProxyHeader> at = Optional.empty();
        try {
            at = ProxyHeader.read(whole);
            assertThat(whole.readerIndex()).isEqualTo(at.isPresent() ? found.needed() : 0);
            assertThat(at.isPresent() || found.needed() > input.length).isTrue();
        } catch (ProxyHeader.Invalid e) {
            assertThat(found.needed()).as("refused as early").isLessThanOrEqualTo(input.length);
        }
        assertThat(source(at)).isEqualTo(source(found.header()));
    }

    private static Optional<InetSocketAddress> source(Optional<ProxyHeader> header) {
        return header.flatMap(ProxyHeader::source);
    }

    private static Found byByte(byte[] input) {
        for (int length = 0; length <= input.length; length++) {
            ByteBuf some = Unpooled.wrappedBuffer(input, 0, length);
            try {
                Optional<ProxyHeader> header = ProxyHeader.read(some);
                if (header.isPresent()) {
                    assertThat(some.isReadable()).isFalse();
                    return new Found(length, header);
                }
                assertThat(some.readerIndex()).isZero();
                assertThat(length).as("bytes that are waited for").isLessThan(LONGEST);
            } catch (ProxyHeader.Invalid e) {
                return new Found(length, Optional.empty());
            }
        }
        return new Found(input.length + 1, Optional.empty());
    }
}
