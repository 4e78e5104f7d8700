package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Packets as tests write them, and what the decoder and the encoder make of them. */
final class Wire {
    private static final int LIMIT = 1 << 20;

    private Wire() {}

    static byte[] bytes(String notation) {
        return Notation.bytes(notation, 0);
    }

    /** A packet with the right remaining length. */
    static byte[] packet(int first, String body) {
        return packet(first, bytes(body));
    }

    static byte[] packet(int first, byte[] body) {
        ByteBuf out = Unpooled.buffer().writeByte(first);
        VariableInteger.write(out, body.length);
        return ByteBufUtil.getBytes(out.writeBytes(body));
    }

    /** A decoder that is past CONNECT. */
    static Decoder decoder(MqttVersion version, Role sender) {
        Decoder decoder = new Decoder(sender, LIMIT, false);
        decoder.version(version);
        return decoder;
    }

    static Decoder fresh() {
        return new Decoder(Role.CLIENT, LIMIT, false);
    }

    static Packet fromClient(MqttVersion version, byte[] bytes) throws MalformedPacket {
        return decoder(version, Role.CLIENT).decode(Unpooled.wrappedBuffer(bytes));
    }

    static Packet fromServer(MqttVersion version, byte[] bytes) throws MalformedPacket {
        return decoder(version, Role.SERVER).decode(Unpooled.wrappedBuffer(bytes));
    }

    static Connect connect(String body) throws MalformedPacket {
        return (Connect) fresh().decode(Unpooled.wrappedBuffer(packet(0x10, body)));
    }

    static ReasonCode refusedConnect(String body) {
        return refused(fresh(), packet(0x10, body));
    }

    static ReasonCode refusedOfClient(MqttVersion version, byte[] bytes) {
        return refused(decoder(version, Role.CLIENT), bytes);
    }

    static ReasonCode refusedOfServer(MqttVersion version, byte[] bytes) {
        return refused(decoder(version, Role.SERVER), bytes);
    }

    /** Expects a refusal, and that the decoder stays with it. */
    static ReasonCode refused(Decoder decoder, byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        MalformedPacket first = catchThrowableOfType(MalformedPacket.class, () -> decoder.decode(in));
        MalformedPacket second = catchThrowableOfType(MalformedPacket.class, () -> decoder.decode(in));
        if (first == null || first != second) {
            throw new AssertionError("not refused for good: " + ByteBufUtil.hexDump(bytes));
        }
        return first.reason();
    }

    static byte[] encoded(MqttVersion version, Packet packet) {
        ByteBuf out = Unpooled.buffer();
        if (!new Encoder(version, Decoder.LARGEST_PACKET, true).encode(packet, out)) {
            throw new AssertionError("too large");
        }
        return ByteBufUtil.getBytes(out);
    }
}
