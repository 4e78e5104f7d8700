package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Writes packets for one receiver, never larger than it takes; safe for use by many threads. */
public final class Encoder {
    private static final Property[] EXPLANATIONS = {Property.REASON_STRING, Property.USER_PROPERTY};

    private final MqttVersion version;
    private final long maximumPacketSize;
    private final boolean explains;

    /**
     * Makes an encoder.
     *
     * @param version the version that the receiver speaks.
     * @param maximumPacketSize the most bytes of a packet that it takes.
     * @param explains whether it wants reason strings and user properties everywhere (request problem information).
     */
    public Encoder(MqttVersion version, long maximumPacketSize, boolean explains) {
        this.version = version;
        this.maximumPacketSize = maximumPacketSize;
        this.explains = explains;
    }

    /**
     * Writes a packet. What explains it is left out where the receiver doesn't want it or the packet would be too large.
     *
     * @param packet any packet; stays the caller's.
     * @param out where to.
     * @return false if it is too large, and nothing was written [MQTT-3.1.2-24, MQTT-3.2.2-15].
     * @throws IllegalArgumentException if the version has no such packet.
     */
    public boolean encode(Packet packet, ByteBuf out) {
        if (packet instanceof Publish publish) {
            return encode(PublishWriter.asItIs(publish, version), out, publish.packetId(), publish.dup());
        }
        if (packet instanceof Acknowledgement ack && ack.properties().bytes() == 0) {
            return shortAcknowledgement(ack, out);
        }
        ByteBuf body = Unpooled.buffer(64);
        PacketWriter.write(packet, version, wanted(packet), body);
        if (isTooLarge(body)) {
            PacketWriter.write(packet, version, packet.properties().without(EXPLANATIONS), body.clear());
        }
        return !isTooLarge(body) && write(packet.type(), body, out);
    }

    /**
     * Writes a message on its way to this receiver, whose bytes nobody shares.
     *
     * @param message the message; stays the caller's.
     * @param delivery the form; its version is this encoder's.
     * @param onward the receiver's own properties.
     * @param packetId 1 to 65,535; ignored with QoS 0.
     * @param dup whether it is sent again.
     * @param out where to.
     * @return false if it is too large, and nothing was written [MQTT-3.1.2-24].
     */
    public boolean forward(
            Publish message, OutgoingForm delivery, Onward onward, int packetId, boolean dup, ByteBuf out) {
        return encode(PublishWriter.forwarded(message, delivery, onward), out, packetId, dup);
    }

    private boolean encode(PublishWriter writer, ByteBuf out, int packetId, boolean dup) {
        if (writer.size() > maximumPacketSize) {
            return false;
        }
        out.ensureWritable(writer.size());
        writer.write(out, packetId, dup);
        return true;
    }

    private boolean shortAcknowledgement(Acknowledgement ack, ByteBuf out) {
        boolean reason = version.hasProperties() && ack.reason() != ReasonCode.SUCCESS;
        int length = reason ? 3 : 2;
        if (2 + length > maximumPacketSize) {
            return false;
        }
        out.writeByte(ack.type().number() << 4 | ack.type().flags());
        out.writeByte(length);
        out.writeShort(ack.packetId());
        if (reason) {
            out.writeByte(ack.reason().code());
        }
        return true;
    }

    private Properties wanted(Packet packet) {
        boolean mayExplain = explains || packet instanceof Connack || packet instanceof Disconnect;
        return mayExplain ? packet.properties() : packet.properties().without(EXPLANATIONS);
    }

    private boolean isTooLarge(ByteBuf body) {
        int length = body.readableBytes();
        return 1 + VariableInteger.size(length) + length > maximumPacketSize;
    }

    private static boolean write(PacketType type, ByteBuf body, ByteBuf out) {
        if (body.readableBytes() > VariableInteger.HIGHEST) {
            throw new IllegalArgumentException("a " + type + " of " + body.readableBytes() + " bytes can't be written");
        }
        out.writeByte(type.number() << 4 | type.flags());
        VariableInteger.write(out, body.readableBytes());
        out.writeBytes(body);
        return true;
    }
}
