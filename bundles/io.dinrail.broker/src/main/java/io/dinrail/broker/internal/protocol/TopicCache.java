package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MalformedPacket.malformed;

import io.netty.buffer.ByteBuf;

/**
 * The topics that a connection used last: a device publishes to the same few, and one found here by its bytes was
 * checked before and need not be made again.
 */
final class TopicCache {
    private static final int SLOTS = 8;
    private static final int LONGEST_KEPT = 256;
    private static final TopicName[] UNUSED = {};

    private final Utf8 utf8;
    // Made at the first PUBLISH, so that connections that only listen have none.
    private TopicName[] slots = UNUSED;

    TopicCache(Utf8 utf8) {
        this.utf8 = utf8;
    }

    TopicName read(ByteBuf in, int index, int length) throws MalformedPacket {
        if (length == 0) {
            return TopicName.NONE;
        }
        utf8.load(in, index, length);
        if (length > LONGEST_KEPT) {
            return fresh();
        }
        if (slots == UNUSED) {
            slots = new TopicName[SLOTS];
        }
        int slot = slot(utf8.bytes(), length);
        TopicName known = slots[slot];
        if (known == null || !known.isWrittenAs(utf8.bytes(), length)) {
            known = fresh();
            slots[slot] = known;
        }
        return known;
    }

    private TopicName fresh() throws MalformedPacket {
        utf8.check();
        byte[] bytes = new byte[utf8.length()];
        System.arraycopy(utf8.bytes(), 0, bytes, 0, bytes.length);
        for (byte character : bytes) {
            if (character == '+' || character == '#') {
                throw malformed("a topic name has a wildcard [MQTT-3.3.2-2, MQTT-4.7.0-1; 3.1.1: MQTT-4.7.1-1]");
            }
        }
        return new TopicName(utf8.string(), bytes);
    }

    /** Names of one device differ near their ends, if at all. */
    private static int slot(byte[] bytes, int length) {
        int hash = length;
        for (int i = Math.max(0, length - 12); i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
    }
}
