package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Qos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a message goes to one receiver; kept with its place in the queue.
 *
 * @param qos the lower of publish and subscription.
 * @param retain the RETAIN flag of the delivery.
 * @param identifiers of the subscriptions that matched.
 * @param share the shared subscription it came through, with its {@code $share}, if it came through one.
 */
record Manner(Qos qos, boolean retain, List<Integer> identifiers, Optional<String> share) {
    private static final int RETAIN = 4;
    private static final int SHARED = 8;
    private static final Manner[] PLAIN = new Manner[6];

    static {
        for (Qos qos : Qos.values()) {
            PLAIN[qos.number() * 2] = new Manner(qos, false, List.of(), Optional.empty());
            PLAIN[qos.number() * 2 + 1] = new Manner(qos, true, List.of(), Optional.empty());
        }
    }

    static Manner plain(Qos qos, boolean retain) {
        return PLAIN[qos.number() * 2 + (retain ? 1 : 0)];
    }

    boolean isPlain() {
        return identifiers.isEmpty() && share.isEmpty();
    }

    byte[] stored() {
        byte first = (byte) (qos.number() | (retain ? RETAIN : 0) | (share.isPresent() ? SHARED : 0));
        if (isPlain()) {
            return new byte[] {first};
        }
        ByteBuf out = Unpooled.buffer().writeByte(first).writeByte(identifiers.size());
        identifiers.forEach(out::writeInt);
        share.ifPresent(filter -> out.writeCharSequence(filter, StandardCharsets.UTF_8));
        return ByteBufUtil.getBytes(out);
    }

    static Manner restored(byte[] stored) {
        Qos qos = Qos.of(stored[0] & 3);
        boolean retain = (stored[0] & RETAIN) != 0;
        if (stored.length == 1) {
            return plain(qos, retain);
        }
        ByteBuf in = Unpooled.wrappedBuffer(stored, 1, stored.length - 1);
        List<Integer> identifiers = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            identifiers.add(in.readInt());
        }
        Optional<String> share =
                (stored[0] & SHARED) == 0 ? Optional.empty() : Optional.of(in.toString(StandardCharsets.UTF_8));
        return new Manner(qos, retain, List.copyOf(identifiers), share);
    }
}
