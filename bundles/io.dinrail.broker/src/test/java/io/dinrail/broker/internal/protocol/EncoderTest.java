package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static final Properties WHY = Properties.builder()
            .text(Property.REASON_STRING, "because")
            .user("k", "v")
            .build();
    private final ByteBuf out = Unpooled.buffer();

    @Test
    @Statement(
            version = 5,
            value = {
                "MQTT-3.2.2-19",
                "MQTT-3.2.2-20",
                "MQTT-3.4.2-2",
                "MQTT-3.4.2-3",
                "MQTT-3.5.2-2",
                "MQTT-3.5.2-3",
                "MQTT-3.6.2-2",
                "MQTT-3.6.2-3",
                "MQTT-3.7.2-2",
                "MQTT-3.7.2-3",
                "MQTT-3.9.2-1",
                "MQTT-3.9.2-2",
                "MQTT-3.11.2-1",
                "MQTT-3.11.2-2",
                "MQTT-3.14.2-3",
                "MQTT-3.14.2-4",
                "MQTT-3.15.2-2",
                "MQTT-3.15.2-3"
            })
    void whatExplainsIsLeftOutBeforeAPacketIsTooLarge() {
        for (Packet packet : explained()) {
            int full = Wire.encoded(V5, packet).length;
            assertThat(new Encoder(V5, full, true).encode(packet, out.clear())).isTrue();
            assertThat(out.readableBytes()).isEqualTo(full);
            assertThat(new Encoder(V5, full - 1, true).encode(packet, out.clear()))
                    .isTrue();
            assertThat(out.readableBytes()).isLessThan(full - 10);
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-29")
    void whatExplainsIsLeftOutWhereItIsNotWanted() {
        for (Packet packet : explained()) {
            int full = Wire.encoded(V5, packet).length;
            new Encoder(V5, 1000, false).encode(packet, out.clear());
            boolean mayExplain = packet instanceof Connack || packet instanceof Disconnect;
            assertThat(out.readableBytes() == full).isEqualTo(mayExplain);
        }
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-24", "MQTT-3.2.2-15"})
    void nothingIsWrittenOfWhatIsTooLarge() {
        Publish publish = publish(Properties.NONE);
        int size = Wire.encoded(V5, publish).length;
        assertThat(new Encoder(V5, size - 1, true).encode(publish, out)).isFalse();
        assertThat(new Encoder(V5, 3, true).encode(new Acknowledgement(PacketType.PUBACK, 7, ReasonCode.SUCCESS), out))
                .isFalse();
        assertThat(new Encoder(V5, 4, true).encode(new Suback(7, List.of(ReasonCode.SUCCESS), WHY), out))
                .isFalse();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    @Statement(
            version = 5,
            value = {
                "MQTT-3.3.2-4",
                "MQTT-3.3.2-15",
                "MQTT-3.3.2-16",
                "MQTT-3.3.2-17",
                "MQTT-3.3.2-18",
                "MQTT-3.3.2-20",
                "MQTT-3.3.2-6",
                "MQTT-3.3.4-3",
                "MQTT-3.3.4-4"
            })
    void whatIsForwardedIsUnalteredButForWhatIsTheConnectionsOwn() throws MalformedPacket {
        String kept = "01 01 03 <text> 08 <re> 09 0002 00FF 26 <b> <2> 26 <a> <1> 26 <b> <2>";
        int keptBytes = Wire.bytes(kept).length;
        byte[] in = Wire.packet(0x33, "<t> 0007" + hex(keptBytes + 8) + "02 0000003C" + kept + "23 0005 'hello'");
        Publish publish = (Publish) Wire.fromClient(V5, in);
        OutgoingForm form = new OutgoingForm(V5, Qos.AT_LEAST_ONCE, false);
        Onward onward = new Onward(50, List.of(3, 200), 0, false);
        assertThat(new Encoder(V5, 1000, true).forward(publish, form, onward, 9, true, out))
                .isTrue();
        assertThat(ByteBufUtil.getBytes(out))
                .isEqualTo(Wire.packet(
                        0x3A, "<t> 0009" + hex(keptBytes + 10) + "02 00000032 0B 03 0B C801" + kept + "'hello'"));
    }

    @Test
    void anAliasMayStandForTheTopic() {
        Onward onward = new Onward(Onward.NO_EXPIRY, List.of(), 4, true);
        OutgoingForm form = new OutgoingForm(V5, Qos.AT_MOST_ONCE, true);
        new Encoder(V5, 1000, true).forward(publish(Properties.NONE), form, onward, 0, false, out);
        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(Wire.packet(0x31, "<> 03 23 0004 'hello'"));
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-2.3.1-5", "MQTT-3.3.1-2", "MQTT-4.3.1-1"})
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-2", "MQTT-2.2.2-1", "MQTT-3.3.1-2", "MQTT-4.3.1-1"})
    void manyReceiversShareWhatDiffersByIdentifierOnly() {
        Publish publish = publish(Properties.builder().user("k", "v").build());
        for (MqttVersion version : new MqttVersion[] {V3_1_1, V5}) {
            String properties = version == V5 ? "0C 02 0000003C 26 <k> <v>" : "";
            SharedPublish shared =
                    SharedPublish.of(publish, new OutgoingForm(version, Qos.AT_LEAST_ONCE, true), onward(version));
            byte[] expected = Wire.packet(0x33, "<t> 0009" + properties + "'hello'");
            assertThat(written(shared, 9, false)).isEqualTo(expected);
            assertThat(written(shared, 10, true)).isEqualTo(Wire.packet(0x3B, "<t> 000A" + properties + "'hello'"));
            assertThat(shared.size()).isEqualTo(expected.length);
            assertThat(shared.frontSize()).isEqualTo(expected.length - 5);
            SharedPublish plain =
                    SharedPublish.of(publish, new OutgoingForm(version, Qos.AT_MOST_ONCE, false), onward(version));
            assertThat(written(plain, 0, true)).isEqualTo(Wire.packet(0x30, "<t>" + properties + "'hello'"));
        }
    }

    @Test
    @Statement(version = 4, value = "MQTT-2.3.1-1")
    @Statement(version = 5, value = "MQTT-2.2.1-4")
    void nothingGoesOutWithoutAPacketIdentifierThatNeedsOne() {
        OutgoingForm form = new OutgoingForm(V5, Qos.AT_LEAST_ONCE, false);
        SharedPublish shared = SharedPublish.of(publish(Properties.NONE), form, Onward.PLAIN);
        assertThatThrownBy(() -> shared.write(out, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shared.write(out, 65_536, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSharedMessageKeepsItsPayloadUntilItIsReleased() {
        Publish publish = publish(Properties.NONE);
        SharedPublish shared = SharedPublish.of(publish, new OutgoingForm(V5, Qos.AT_MOST_ONCE, false), Onward.PLAIN);
        publish.release();
        shared.keep();
        shared.release();
        assertThat(shared.payload().refCnt()).isOne();
        shared.release();
        assertThat(shared.payload().refCnt()).isZero();
    }

    private static Onward onward(MqttVersion version) {
        return version == V5 ? new Onward(60) : Onward.PLAIN;
    }

    private byte[] written(SharedPublish shared, int packetId, boolean dup) {
        shared.write(out.clear(), packetId, dup);
        return ByteBufUtil.getBytes(out);
    }

    private static Publish publish(Properties properties) {
        ByteBuf payload = Unpooled.wrappedBuffer("hello".getBytes());
        return new Publish(TopicName.of("t"), payload, Qos.AT_LEAST_ONCE, true, false, 7, properties);
    }

    private static List<Packet> explained() {
        List<ReasonCode> one = List.of(ReasonCode.NOT_AUTHORIZED);
        return List.of(
                new Connack(false, ReasonCode.NOT_AUTHORIZED, WHY),
                new Acknowledgement(PacketType.PUBACK, 7, ReasonCode.NOT_AUTHORIZED, WHY),
                new Acknowledgement(PacketType.PUBREC, 7, ReasonCode.SUCCESS, WHY),
                new Acknowledgement(PacketType.PUBREL, 7, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND, WHY),
                new Acknowledgement(PacketType.PUBCOMP, 7, ReasonCode.SUCCESS, WHY),
                new Suback(7, one, WHY),
                new Unsuback(7, one, WHY),
                new Disconnect(ReasonCode.SERVER_BUSY, WHY),
                new Auth(ReasonCode.CONTINUE_AUTHENTICATION, WHY));
    }

    private static String hex(int number) {
        return String.format("%02X", number);
    }
}
