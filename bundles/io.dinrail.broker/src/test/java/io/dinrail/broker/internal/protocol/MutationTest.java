package io.dinrail.broker.internal.protocol;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes packets that are right and changes them at random: they are still packets, or refused, and nothing else. */
class MutationTest {
    private static final long SEED = 7_20261122L;
    private static final int PACKETS = 30_000;

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
                Decoding.check(bytes, sender, () -> decoder(version, sender, connect, refusesControls));
            }
        }
    }

    @Test
    void theSmallestFieldsMakeNoMoreThanTheirShareOfObjects() {
        String filters = "<a> 00".repeat(20_000);
        Decoding.check(
                Wire.packet(0x82, "0007" + filters),
                Role.CLIENT,
                () -> decoder(MqttVersion.V3_1_1, Role.CLIENT, false, false));
        Decoding.check(
                Wire.packet(0x90, "0007" + "00".repeat(20_000)),
                Role.SERVER,
                () -> decoder(MqttVersion.V3_1_1, Role.SERVER, false, false));
        String pairs = "26 <> <>".repeat(3_000);
        Decoding.check(
                Wire.packet(0x30, "<a> 98 75" + pairs),
                Role.CLIENT,
                () -> decoder(MqttVersion.V5, Role.CLIENT, false, false));
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
}
