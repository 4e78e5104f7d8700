package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes packets that are right and changes them at random: they are still packets, or refused, and nothing else. */
class MutationTest {
    private static final long SEED = 7_20261122L;
    private static final int PACKETS = 30_000;
    /** Objects cost more than bytes, but in proportion: the smallest filter of three bytes makes some 100 bytes of them. */
    private static final int BYTES_FOR_ONE = 64;

    private static final int BYTES_FOR_ALL = 4_096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    @Statement(version = 4, value = "MQTT-4.8.0-1")
    @Statement(version = 5, value = "MQTT-4.13.1-1")
    void aChangedPacketIsAPacketOrRefused(MqttVersion version) {
        for (Role sender : Role.values()) {
            Random random = new Random(SEED + version.ordinal());
            RandomPackets packets = new RandomPackets(random, version, sender);
            for (int i = 0; i < PACKETS; i++) {
                boolean connect = sender == Role.CLIENT && random.nextInt(4) == 0;
                byte[] bytes = changed(Wire.encoded(version, connect ? packets.connect() : packets.next()), random);
                boolean refusesControls = random.nextBoolean();
                check(bytes, () -> decoder(version, sender, connect, refusesControls));
            }
        }
    }

    @Test
    void theSmallestFieldsMakeNoMoreThanTheirShareOfObjects() {
        String filters = "<a> 00".repeat(20_000);
        check(Wire.packet(0x82, "0007" + filters), () -> decoder(MqttVersion.V3_1_1, Role.CLIENT, false, false));
        check(
                Wire.packet(0x90, "0007" + "00".repeat(20_000)),
                () -> decoder(MqttVersion.V3_1_1, Role.SERVER, false, false));
        String pairs = "26 <> <>".repeat(3_000);
        check(Wire.packet(0x30, "<a> 98 75" + pairs), () -> decoder(MqttVersion.V5, Role.CLIENT, false, false));
    }

    private static Decoder decoder(MqttVersion version, Role sender, boolean fresh, boolean refusesControls) {
        Decoder decoder = new Decoder(sender, Decoder.LARGEST_PACKET, refusesControls);
        if (!fresh) {
            decoder.version(version);
        }
        return decoder;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = Arrays.copyOf(bytes, Math.max(1, bytes.length - Math.max(0, random.nextInt(40) - 35)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            // Most of what matters stands in front.
            int at = random.nextInt(random.nextBoolean() ? Math.min(16, changed.length) : changed.length);
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt());
        }
        return changed;
    }

    private void check(byte[] bytes, Supplier<Decoder> decoder) {
        long most = BYTES_FOR_ALL + (long) BYTES_FOR_ONE * bytes.length;
        long allocated = allocated(decoder.get(), bytes);
        if (allocated > most) {
            // Once more without what the JVM itself allocates when it runs a line for the first time.
            allocated = allocated(decoder.get(), bytes);
        }
        assertThat(allocated).isLessThanOrEqualTo(most);
    }

    private long allocated(Decoder decoder, byte[] bytes) {
        // Poison behind the packet: a decoder that reads on would take it.
        ByteBuf in =
                Unpooled.wrappedBuffer(Arrays.copyOf(bytes, bytes.length + 8)).writerIndex(bytes.length);
        List<Packet> packets = new ArrayList<>();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (Packet packet = decode(decoder, in); packet != null; packet = decode(decoder, in)) {
            packets.add(packet);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        packets.forEach(MutationTest::look);
        packets.forEach(Packet::release);
        assertThat(in.readerIndex()).isLessThanOrEqualTo(bytes.length);
        assertThat(in.refCnt()).isOne();
        return allocated;
    }

    private static Packet decode(Decoder decoder, ByteBuf in) {
        try {
            return decoder.decode(in);
        } catch (MalformedPacket e) {
            assertThat(e.reason().isError()).isTrue();
            return null;
        }
    }

    /** Lazy access finds what was checked. */
    private static void look(Packet packet) {
        packet.properties().userProperties();
        packet.properties().subscriptionIdentifiers();
        packet.properties().text(Property.REASON_STRING);
        packet.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0);
    }
}
