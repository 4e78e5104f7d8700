package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Reads what stands behind a fixed header, never beyond its end; one for each decoder. */
final class Body {
    private final Utf8 utf8;
    private final TopicCache topics;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int at;
    // Where the properties that the scratch holds begin, or -1.
    private int window = -1;
    private int end;

    Body(boolean refusesControls) {
        utf8 = new Utf8(refusesControls);
        topics = new TopicCache(utf8);
    }

    void open(ByteBuf in, int from, int to) {
        buffer = in;
        at = from;
        end = to;
        window = -1;
    }

    void close() {
        buffer = Unpooled.EMPTY_BUFFER;
        utf8.clear();
    }

    /** Moves the end for a while. */
    int limit(int newEnd) {
        int old = end;
        end = newEnd;
        return old;
    }

    /** Takes all properties into the scratch at once, if they are of the usual size: one copy instead of one for each string. */
    void openWindow(int length) {
        if (length <= Utf8.USUAL) {
            utf8.load(buffer, at, length);
            window = at;
        }
    }

    void closeWindow() {
        window = -1;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    int u8() throws MalformedPacket {
        return buffer.getUnsignedByte(advance(1));
    }

    int u16() throws MalformedPacket {
        return buffer.getUnsignedShort(advance(2));
    }

    long u32() throws MalformedPacket {
        return buffer.getUnsignedInt(advance(4));
    }

    int packetId() throws MalformedPacket {
        int id = u16();
        if (id == 0) {
            throw MalformedPacket.protocolError(
                    "the packet identifier is 0 [MQTT-2.2.1-3, MQTT-2.2.1-4; 3.1.1: MQTT-2.3.1-1]");
        }
        return id;
    }

    int variable() throws MalformedPacket {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw malformed("a variable byte integer is longer than it need be [MQTT-1.5.5-1]");
                }
                return value;
            }
        }
        throw malformed("a variable byte integer has more than four bytes [MQTT-1.5.5-1]");
    }

    TopicName topicName() throws MalformedPacket {
        int length = u16();
        return topics.read(buffer, advance(length), length);
    }

    String text() throws MalformedPacket {
        checkText();
        return utf8.string();
    }

    /** Checks a string and leaves its bytes in the scratch. */
    void checkText() throws MalformedPacket {
        int length = u16();
        int from = advance(length);
        if (window < 0) {
            utf8.load(buffer, from, length);
        } else {
            utf8.select(from - window, length);
        }
        utf8.check();
    }

    boolean lastTextHasWildcard() {
        return utf8.has('+') || utf8.has('#');
    }

    byte[] binary() throws MalformedPacket {
        int length = u16();
        return copy(advance(length), length);
    }

    void skipBinary() throws MalformedPacket {
        advance(u16());
    }

    byte[] copy(int from, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(from, bytes);
        return bytes;
    }

    /** Shares a part of the packet; whoever gets it releases it. */
    ByteBuf slice(int from, int length) {
        return buffer.slice(from, length).retain();
    }

    /** Shares a part of the packet that lives as long as a slice beside it. */
    ByteBuf view(int from, int length) {
        return buffer.slice(from, length);
    }

    int advance(int bytes) throws MalformedPacket {
        if (bytes > end - at) {
            throw malformed("a field runs beyond the end of what holds it");
        }
        int from = at;
        at += bytes;
        return from;
    }

    void checkFinished() throws MalformedPacket {
        if (at != end) {
            throw malformed("the packet is longer than its fields");
        }
    }
}
