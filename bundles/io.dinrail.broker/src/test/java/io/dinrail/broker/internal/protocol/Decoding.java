package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What holds of any bytes whatever: the decoder makes packets of them, waits for more or refuses; it reads nothing behind them, keeps no buffer, allocates
 * in proportion, finds the same if they come one by one, and what it took can be written and read again.
 */
final class Decoding {
    /** Objects cost more than bytes, but in proportion: the smallest filter of three bytes makes some 100 bytes of them. */
    private static final int BYTES_FOR_ONE = 64;

    private static final int BYTES_FOR_ALL = 4_096;
    /** While Jazzer looks for inputs, its hooks in the decoder allocate as well. */
    private static final int HOOKS = System.getenv("JAZZER_FUZZ") == null ? 1 : 16;
    /** Whoever looks on (a coverage agent, a line run for the first time) allocates once, the decoder each time. */
    private static final int LOOKS = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Packet> packets = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private long allocated;
    private int taken;

    private Decoding() {}

    /** @param decoder makes a new one, always the same. */
    static void check(byte[] bytes, Role sender, Supplier<Decoder> decoder) {
        long most = HOOKS * (BYTES_FOR_ALL + (long) BYTES_FOR_ONE * bytes.length);
        Decoding whole = whole(decoder.get(), bytes);
        for (int look = 1; whole.allocated > most && look < LOOKS; look++) {
            whole.release();
            whole = whole(decoder.get(), bytes);
        }
        assertThat(whole.allocated).as("bytes allocated").isLessThanOrEqualTo(most);
        whole.packets.forEach(Decoding::look);
        Decoder apart = decoder.get();
        Decoding byByte = byByte(apart, bytes);
        assertThat(byByte.refusal).isEqualTo(whole.refusal);
        assertThat(byByte.taken).isEqualTo(whole.taken);
        assertThat(byByte.packets).isEqualTo(whole.packets);
        apart.version().ifPresent(version -> byByte.packets.forEach(packet -> again(packet, version, sender)));
        byByte.release();
        whole.release();
    }

    private static Decoding whole(Decoder decoder, byte[] bytes) {
        Decoding found = new Decoding();
        // Poison behind the packets: a decoder that reads on would take it.
        ByteBuf in = Unpooled.wrappedBuffer(Arrays.copyOf(bytes, bytes.length + 8));
        in.writerIndex(bytes.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        found.take(decoder, in);
        found.allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        found.taken = in.readerIndex();
        found.holdsOnly(in);
        return found;
    }

    private static Decoding byByte(Decoder decoder, byte[] bytes) {
        Decoding found = new Decoding();
        ByteBuf in = Unpooled.buffer(bytes.length + 1);
        for (byte one : bytes) {
            found.take(decoder, in.writeByte(one));
        }
        found.taken = in.readerIndex();
        found.holdsOnly(in);
        return found;
    }

    private void take(Decoder decoder, ByteBuf in) {
        try {
            for (Packet packet = decoder.decode(in); packet != null; packet = decoder.decode(in)) {
                packets.add(packet);
            }
        } catch (MalformedPacket e) {
            assertThat(e.reason().isError()).isTrue();
            refusal = Optional.of(e.reason() + ": " + e.getMessage());
        }
    }

    /** Nothing but the messages that were made of it, which are still held, holds the buffer. */
    private void holdsOnly(ByteBuf in) {
        assertThat(in.refCnt()).as("holders of the buffer").isEqualTo(1 + messages());
    }

    private int messages() {
        return (int) packets.stream().filter(Publish.class::isInstance).count();
    }

    private void release() {
        packets.forEach(Packet::release);
    }

    /** Lazy access finds what was checked. */
    private static void look(Packet packet) {
        packet.properties().userProperties();
        packet.properties().subscriptionIdentifiers();
        packet.properties().text(Property.REASON_STRING);
        packet.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0);
    }

    private static void again(Packet packet, MqttVersion version, Role sender) {
        ByteBuf out = Unpooled.buffer();
        assertThat(new Encoder(version, Decoder.LARGEST_PACKET, true).encode(packet, out))
                .isTrue();
        Decoder decoder = new Decoder(sender, Decoder.LARGEST_PACKET, false);
        if (!(packet instanceof Connect)) {
            decoder.version(version);
        }
        Decoding found = new Decoding();
        found.take(decoder, out);
        assertThat(found.refusal).isEmpty();
        assertThat(found.packets).containsExactly(packet);
        assertThat(out.isReadable()).isFalse();
        found.release();
    }
}
