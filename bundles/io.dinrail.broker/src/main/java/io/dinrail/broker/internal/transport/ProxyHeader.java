package io.dinrail.broker.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a proxy puts in front of a connection (the PROXY protocol of HAProxy, versions 1 and 2).
 *
 * @param source who is behind it; empty if the proxy speaks for itself or doesn't know.
 */
record ProxyHeader(Optional<InetSocketAddress> source) {
    private static final byte[] TEXT = "PROXY ".getBytes(US_ASCII);
    private static final byte[] BINARY = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int LONGEST_TEXT = 107;
    /** More than any proxy says, certificates of clients included. */
    private static final int LONGEST_BINARY = 4_096;

    private static final int BINARY_HEAD = 16;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");
    private static final ProxyHeader ITSELF = new ProxyHeader(Optional.empty());

    /** What stands there is none. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** @return the header, behind which the buffer is left; empty if not all of it is there. */
    static Optional<ProxyHeader> read(ByteBuf in) throws Invalid {
        if (!in.isReadable()) {
            return Optional.empty();
        }
        boolean text = in.getByte(in.readerIndex()) == TEXT[0];
        byte[] begin = text ? TEXT : BINARY;
        for (int i = 0; i < begin.length; i++) {
            if (i == in.readableBytes()) {
                return Optional.empty();
            }
            if (in.getByte(in.readerIndex() + i) != begin[i]) {
                throw new Invalid("it begins otherwise");
            }
        }
        return text ? readText(in) : readBinary(in);
    }

    private static Optional<ProxyHeader> readText(ByteBuf in) throws Invalid {
        int most = Math.min(in.readableBytes(), LONGEST_TEXT);
        int end = in.indexOf(in.readerIndex(), in.readerIndex() + most, (byte) '\n');
        if (end < 0) {
            if (most == LONGEST_TEXT) {
                throw new Invalid("its line is too long");
            }
            return Optional.empty();
        }
        String line = in.readCharSequence(end + 1 - in.readerIndex(), US_ASCII).toString();
        if (!line.endsWith("\r\n")) {
            throw new Invalid("its line doesn't end with CR LF");
        }
        return Optional.of(text(line.substring(0, line.length() - 2).split(" ", -1)));
    }

    private static ProxyHeader text(String[] fields) throws Invalid {
        if (fields[1].equals("UNKNOWN")) {
            return ITSELF;
        }
        boolean four = fields[1].equals("TCP4");
        if (fields.length != 6 || !four && !fields[1].equals("TCP6")) {
            throw new Invalid("it is neither TCP4, TCP6 nor UNKNOWN");
        }
        address(fields[3], four);
        port(fields[5]);
        return new ProxyHeader(Optional.of(new InetSocketAddress(address(fields[2], four), port(fields[4]))));
    }

    /** Numbers only: nothing is looked up. */
    private static InetAddress address(String text, boolean four) throws Invalid {
        boolean right = four ? NetUtil.isValidIpV4Address(text) : NetUtil.isValidIpV6Address(text);
        byte[] bytes = right && text.indexOf('%') < 0 ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        if (bytes == null) {
            throw new Invalid("an address is none");
        }
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) throws Invalid {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new Invalid("an address is none");
        }
    }

    private static int port(String text) throws Invalid {
        if (PORT.matcher(text).matches()) {
            int port = Integer.parseInt(text);
            if (port <= 65_535) {
                return port;
            }
        }
        throw new Invalid("a port is none");
    }

    private static Optional<ProxyHeader> readBinary(ByteBuf in) throws Invalid {
        if (in.readableBytes() < BINARY_HEAD) {
            return Optional.empty();
        }
        int start = in.readerIndex();
        int length = in.getUnsignedShort(start + 14);
        if (length > LONGEST_BINARY) {
            throw new Invalid("it is too long");
        }
        if (in.readableBytes() < BINARY_HEAD + length) {
            return Optional.empty();
        }
        ProxyHeader header = binary(
                in.getUnsignedByte(start + 12), in.getUnsignedByte(start + 13), in.slice(start + BINARY_HEAD, length));
        in.skipBytes(BINARY_HEAD + length);
        return Optional.of(header);
    }

    private static ProxyHeader binary(int command, int family, ByteBuf body) throws Invalid {
        if (command == 0x20) {
            return ITSELF;
        }
        if (command != 0x21) {
            throw new Invalid("its version or command is unknown");
        }
        return switch (family) {
            case 0, UNIX -> ITSELF;
            case TCP4 -> source(body, 4);
            case TCP6 -> source(body, 16);
            default -> throw new Invalid("it is no stream");
        };
    }

    private static ProxyHeader source(ByteBuf body, int size) throws Invalid {
        if (body.readableBytes() < 2 * size + 4) {
            throw new Invalid("it is too short for its addresses");
        }
        byte[] bytes = new byte[size];
        body.getBytes(0, bytes);
        return new ProxyHeader(Optional.of(new InetSocketAddress(address(bytes), body.getUnsignedShort(2 * size))));
    }
}
