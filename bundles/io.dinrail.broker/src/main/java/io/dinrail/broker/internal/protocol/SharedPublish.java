package io.dinrail.broker.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A message encoded once for all receivers of one form: only the packet identifier and DUP differ from one to the next.
 * Immutable, may be written by many threads at once; holds the payload of the message, which it keeps until released.
 */
public final class SharedPublish {
    private final OutgoingForm form;
    // On the heap: small, and nobody need count who still writes it.
    private final byte[] front;
    private final int headBytes;
    private final ByteBuf payload;

    private SharedPublish(OutgoingForm form, byte[] front, int headBytes, ByteBuf payload) {
        this.form = form;
        this.front = front;
        this.headBytes = headBytes;
        this.payload = payload;
    }

    /**
     * Encodes a message.
     *
     * @param message the message, which stays the caller's.
     * @param form what the receivers have in common.
     * @param onward the properties that they share too.
     * @return the encoded message; to be released.
     */
    public static SharedPublish of(Publish message, OutgoingForm form, Onward onward) {
        PublishWriter writer = PublishWriter.forwarded(message, form, onward);
        int payloadBytes = message.payload().readableBytes();
        int idBytes = form.hasPacketId() ? 2 : 0;
        byte[] front = new byte[writer.size() - payloadBytes - idBytes];
        ByteBuf out = Unpooled.wrappedBuffer(front).clear();
        writer.writeHead(out, false);
        int headBytes = out.writerIndex();
        writer.writeProperties(out);
        return new SharedPublish(form, front, headBytes, message.payload().retain());
    }

    /**
     * Counts the bytes of the packet, to be compared with the receiver's maximum packet size.
     *
     * @return bytes with the fixed header.
     */
    public int size() {
        return frontSize() + payload.readableBytes();
    }

    /**
     * Counts the bytes in front of the payload.
     *
     * @return bytes that {@link #writeFront} writes.
     */
    public int frontSize() {
        return front.length + (form.hasPacketId() ? 2 : 0);
    }

    /**
     * Writes the whole packet: best for small payloads.
     *
     * @param out where to.
     * @param packetId 1 to 65,535; ignored with QoS 0.
     * @param dup whether it is sent again.
     */
    public void write(ByteBuf out, int packetId, boolean dup) {
        writeFront(out, packetId, dup);
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    /**
     * Writes all but the payload, which the caller sends behind it without copying it.
     *
     * @param out where to.
     * @param packetId 1 to 65,535; ignored with QoS 0.
     * @param dup whether it is sent again.
     */
    public void writeFront(ByteBuf out, int packetId, boolean dup) {
        out.writeByte(form.firstByte(dup));
        out.writeBytes(front, 1, headBytes - 1);
        form.writePacketId(packetId, out);
        out.writeBytes(front, headBytes, front.length - headBytes);
    }

    /**
     * Gives the payload.
     *
     * @return the payload, not retained for the caller.
     */
    public ByteBuf payload() {
        return payload;
    }

    /** Keeps the payload for one more {@link #release()}. */
    public void keep() {
        payload.retain();
    }

    /** Lets go of the payload. */
    public void release() {
        payload.release();
    }
}
