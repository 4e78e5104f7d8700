package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    private static final long SEED = 4_20261122L;
    private static final int PACKETS = 4_000;

    @ParameterizedTest
    @EnumSource
    @Statement(
            version = 4,
            value = {"MQTT-3.1.3-1", "MQTT-3.3.2-1"})
    @Statement(
            version = 5,
            value = {"MQTT-2.2.2-1", "MQTT-3.1.3-1", "MQTT-3.1.3-10", "MQTT-3.3.2-1", "MQTT-3.3.2-18"})
    void whatIsEncodedIsDecodedFromAnyFragments(MqttVersion version) throws MalformedPacket {
        for (Role sender : Role.values()) {
            Random random = new Random(SEED + version.ordinal());
            RandomPackets packets = new RandomPackets(random, version, sender);
            List<Packet> sent = new ArrayList<>();
            Decoder decoder = new Decoder(sender, Decoder.LARGEST_PACKET, false);
            if (sender == Role.CLIENT) {
                sent.add(packets.connect());
            } else {
                decoder.version(version);
            }
            for (int i = 0; i < PACKETS; i++) {
                sent.add(packets.next());
            }
            check(sent, decoder, new Encoder(version, Decoder.LARGEST_PACKET, true), random);
            assertThat(decoder.version()).contains(version);
        }
    }

    @Test
    void connectsOfEveryShapeComeThrough() throws MalformedPacket {
        for (MqttVersion version : MqttVersion.values()) {
            Random random = new Random(SEED);
            RandomPackets packets = new RandomPackets(random, version, Role.CLIENT);
            for (int i = 0; i < 500; i++) {
                Decoder decoder = new Decoder(Role.CLIENT, Decoder.LARGEST_PACKET, false);
                check(List.of(packets.connect()), decoder, new Encoder(version, Decoder.LARGEST_PACKET, true), random);
            }
        }
    }

    private static void check(List<Packet> sent, Decoder decoder, Encoder encoder, Random random)
            throws MalformedPacket {
        ByteBuf wire = PooledByteBufAllocator.DEFAULT.directBuffer();
        sent.forEach(packet -> assertThat(encoder.encode(packet, wire)).isTrue());
        ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer();
        int count = 0;
        while (wire.isReadable()) {
            in.writeBytes(
                    wire, Math.min(wire.readableBytes(), 1 + random.nextInt(random.nextInt(10) == 0 ? 9_000 : 30)));
            for (Packet packet = decoder.decode(in); packet != null; packet = decoder.decode(in)) {
                assertThat(packet).isEqualTo(sent.get(count++));
                packet.release();
            }
        }
        assertThat(count).isEqualTo(sent.size());
        assertThat(in.isReadable()).isFalse();
        assertThat(in.refCnt()).isOne();
        in.release();
        wire.release();
    }
}
