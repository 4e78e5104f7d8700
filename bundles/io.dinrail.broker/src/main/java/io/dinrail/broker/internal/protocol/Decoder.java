package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of the bytes of one connection; after the first failure it fails for good.
 *
 * <p>A PUBLISH shares the memory of the buffer it was read from: whoever fills the buffer appends to it, and compacts or
 * overwrites it only while nobody else holds it ({@code refCnt() == 1}).
 */
public final class Decoder {
    /** The largest packet that can be written at all, in bytes. */
    public static final int LARGEST_PACKET = 5 + VariableInteger.HIGHEST;

    private final Role sender;
    private int maximumPacketSize;
    private final Body body;
    // Until CONNECT there is none; null rather than Optional, for every packet asks.
    private @Nullable MqttVersion version;
    private @Nullable MalformedPacket failure;

    /**
     * Makes a decoder for a new connection.
     *
     * @param sender who sends the bytes.
     * @param maximumPacketSize in bytes with the fixed header; what is larger is refused before it is there.
     * @param refusesControls whether strings with control characters or non-characters are malformed, as the standards leave open.
     */
    public Decoder(Role sender, int maximumPacketSize, boolean refusesControls) {
        this.sender = sender;
        this.maximumPacketSize = maximumPacketSize;
        this.body = new Body(refusesControls);
    }

    /**
     * Sets another limit, once it is known who sends.
     *
     * @param bytes of the largest packet from here, with the fixed header.
     */
    public void maximumPacketSize(int bytes) {
        maximumPacketSize = bytes;
    }

    /**
     * Says what a client must know to understand a server: the version of its own CONNECT.
     *
     * @param spoken the version.
     */
    public void version(MqttVersion spoken) {
        version = spoken;
    }

    /**
     * Gives the version, which is known from the first bytes of CONNECT, also if the rest is malformed.
     *
     * @return the version, or empty if there was no CONNECT, or one of a version that nobody speaks.
     */
    public Optional<MqttVersion> version() {
        return Optional.ofNullable(version);
    }

    /**
     * Takes the next packet out of a buffer, if all of it is there.
     *
     * @param in what was received and not yet read; its reader index moves behind the packet.
     * @return the packet, or null if more bytes are needed: asked for every packet, too often for an Optional.
     * @throws MalformedPacket if it isn't a packet; the connection is to be closed.
     */
    public @Nullable Packet decode(ByteBuf in) throws MalformedPacket {
        if (failure != null) {
            throw failure;
        }
        try {
            return next(in);
        } catch (MalformedPacket e) {
            failure = e;
            throw e;
        } finally {
            body.close();
        }
    }

    private @Nullable Packet next(ByteBuf in) throws MalformedPacket {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 1) {
            return null;
        }
        int first = in.getUnsignedByte(start);
        PacketType type = FixedHeader.check(first, sender, version);
        int header = header(in, start, readable);
        if (header == 0) {
            return null;
        }
        int length = VariableInteger.get(in, start + 1);
        checkSize(header, length);
        checkShortest(header, length);
        if (readable - header < length) {
            return null;
        }
        body.open(in, start + header, start + header + length);
        Packet packet = read(type, first & 0x0F);
        if (type == PacketType.CONNECT) {
            checkShortest(header, length);
        }
        in.readerIndex(start + header + length);
        return packet;
    }

    /** Gives the length of the fixed header, 0 if not all of it is there. */
    private static int header(ByteBuf in, int start, int readable) throws MalformedPacket {
        for (int i = 1; i <= 4; i++) {
            if (i >= readable) {
                return 0;
            }
            if (in.getByte(start + i) >= 0) {
                return i + 1;
            }
        }
        throw malformed("the remaining length has more than four bytes (2.1.4; 3.1.1: 2.2.3)");
    }

    private void checkSize(int header, int length) throws MalformedPacket {
        if (header + length > maximumPacketSize) {
            throw MalformedPacket.because(
                    ReasonCode.PACKET_TOO_LARGE, "a packet is larger than the maximum packet size [MQTT-3.2.2-15]");
        }
    }

    /** Only 5.0 asks for the shortest form. */
    private void checkShortest(int header, int length) throws MalformedPacket {
        boolean shortest = header == 1 + VariableInteger.size(length);
        if (version == MqttVersion.V5 && !shortest) {
            throw malformed("the remaining length is longer than it need be [MQTT-1.5.5-1]");
        }
    }

    private Packet read(PacketType type, int flags) throws MalformedPacket {
        if (type == PacketType.CONNECT) {
            return ConnectReader.read(body, this::version);
        }
        if (version == null) {
            throw new IllegalStateException("a client tells its decoder the version before the server answers");
        }
        Packet packet = PacketReader.read(body, type, flags, version, sender);
        body.checkFinished();
        return packet;
    }
}
