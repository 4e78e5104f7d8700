package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.protocol.Decoder;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a connection has sent and is no packet yet; has memory only while there is something. */
final class Intake {
    private static final int SMALL = 1024;

    private final Decoder decoder;
    private final ByteBufAllocator allocator;
    private int largest;
    // Null while nothing is left over, which is nearly always.
    private @Nullable ByteBuf rest;

    Intake(int largestPacket, ByteBufAllocator allocator) {
        this.decoder = new Decoder(Role.CLIENT, largestPacket, true);
        this.allocator = allocator;
        this.largest = largestPacket;
    }

    void largestPacket(int bytes) {
        largest = bytes;
        decoder.maximumPacketSize(bytes);
    }

    Optional<MqttVersion> version() {
        return decoder.version();
    }

    /** Takes bytes, which are its own from now on. */
    void add(ByteBuf bytes) {
        if (rest == null) {
            rest = bytes;
        } else if (bytes.readableBytes() <= rest.maxFastWritableBytes()) {
            append(rest, bytes);
        } else {
            int needed = rest.readableBytes() + bytes.readableBytes();
            // Twice as much, so that a large packet in small pieces isn't copied at each of them.
            int wanted = (int) Math.min(2L * rest.readableBytes(), largest);
            rest = append(moved(rest, Math.max(needed, wanted)), bytes);
        }
    }

    private static ByteBuf append(ByteBuf to, ByteBuf bytes) {
        try {
            return to.writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    private ByteBuf moved(ByteBuf from, int capacity) {
        return append(allocator.buffer(capacity), from);
    }

    /** @return the next packet, null if it isn't there. */
    @Nullable
    Packet next() throws MalformedPacket {
        if (rest == null) {
            return null;
        }
        Packet packet = decoder.decode(rest);
        if (!rest.isReadable()) {
            clear();
        }
        return packet;
    }

    /** Keeps no large buffer for a small rest. */
    void settle() {
        if (rest != null && rest.capacity() > 4L * rest.readableBytes() + SMALL) {
            rest = moved(rest, rest.readableBytes() + SMALL);
        }
    }

    void clear() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }
}
