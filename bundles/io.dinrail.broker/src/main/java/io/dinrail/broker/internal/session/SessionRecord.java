package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.Decoder;
import io.dinrail.broker.internal.protocol.Encoder;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Role;
import io.dinrail.broker.internal.protocol.Will;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A session as it stands in the store; never changed but by a new version number in front.
 *
 * @param owner whose it is.
 * @param issued when the owner's credential was issued, in milliseconds since 1970.
 * @param expiry in seconds.
 * @param leftAt when the client left, in milliseconds since 1970; 0 if it was there.
 * @param leftByCrash whether it was a start of the broker that found it left.
 * @param wishes the subscriptions.
 * @param will what is still to be published should the client not return, or not say goodbye.
 */
record SessionRecord(
        String owner,
        long issued,
        long expiry,
        long leftAt,
        boolean leftByCrash,
        Map<String, Long> wishes,
        Optional<Will> will) {
    private static final int VERSION = 2;
    /** It had nothing of crashes. */
    private static final int FIRST_VERSION = 1;

    static SessionRecord of(Session session) {
        return new SessionRecord(
                session.seat().owner(),
                session.issued(),
                session.expiry(),
                session.leftAt(),
                session.isLeftByCrash(),
                session.wishes(),
                session.will());
    }

    byte[] encoded() {
        ByteBuf out = Unpooled.buffer(64 + 32 * wishes.size());
        out.writeByte(VERSION);
        text(owner, out);
        out.writeLong(issued).writeLong(expiry).writeLong(leftAt).writeBoolean(leftByCrash);
        out.writeInt(wishes.size());
        wishes.forEach((filter, wish) -> text(filter, out.writeLong(wish)));
        out.writeBoolean(will.isPresent());
        if (will.isPresent()) {
            Connect carrier =
                    new Connect(MqttVersion.V5, "", true, 0, will, Optional.empty(), Optional.empty(), Properties.NONE);
            new Encoder(MqttVersion.V5, Decoder.LARGEST_PACKET, true).encode(carrier, out);
        }
        return ByteBufUtil.getBytes(out);
    }

    /** @throws MalformedPacket if it isn't what {@link #encoded} made. */
    static SessionRecord decoded(byte[] bytes) throws MalformedPacket {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        int version = in.readByte();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new IllegalStateException("a session was stored by a later version of the broker");
        }
        String owner = text(in);
        long issued = in.readLong();
        long expiry = in.readLong();
        long leftAt = in.readLong();
        boolean leftByCrash = version > FIRST_VERSION && in.readBoolean();
        Map<String, Long> wishes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            long wish = in.readLong();
            wishes.put(text(in), wish);
        }
        Optional<Will> will = in.readBoolean() ? will(in) : Optional.empty();
        return new SessionRecord(owner, issued, expiry, leftAt, leftByCrash, wishes, will);
    }

    private static Optional<Will> will(ByteBuf in) throws MalformedPacket {
        Decoder decoder = new Decoder(Role.CLIENT, Decoder.LARGEST_PACKET, false);
        return decoder.decode(in) instanceof Connect carrier ? carrier.will() : Optional.empty();
    }

    private static void text(String text, ByteBuf out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length).writeBytes(bytes);
    }

    private static String text(ByteBuf in) {
        return in.readCharSequence(in.readInt(), StandardCharsets.UTF_8).toString();
    }
}
