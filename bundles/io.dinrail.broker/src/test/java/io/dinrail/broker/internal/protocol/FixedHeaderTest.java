package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V5;
import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static io.dinrail.broker.internal.protocol.ReasonCode.PACKET_TOO_LARGE;
import static io.dinrail.broker.internal.protocol.ReasonCode.PROTOCOL_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedHeaderTest {
    @ParameterizedTest
    @EnumSource(names = {"V3_1_1", "V5"})
    @Statement(
            version = 4,
            value = {"MQTT-2.2.2-1", "MQTT-2.2.2-2", "MQTT-3.6.1-1", "MQTT-3.8.1-1", "MQTT-3.10.1-1", "MQTT-3.14.1-1"})
    @Statement(
            version = 5,
            value = {"MQTT-2.1.3-1", "MQTT-3.6.1-1", "MQTT-3.8.1-1", "MQTT-3.10.1-1", "MQTT-3.14.1-1", "MQTT-3.15.1-1"})
    void reservedFlagsAreAsTheStandardSays(MqttVersion version) {
        for (PacketType type : PacketType.values()) {
            for (int flags = 0; flags < 16; flags++) {
                Role sender = type.mayBeSentBy(Role.CLIENT) ? Role.CLIENT : Role.SERVER;
                if (type != PacketType.PUBLISH && flags != type.flags()) {
                    Decoder decoder = type == PacketType.CONNECT ? Wire.fresh() : Wire.decoder(version, sender);
                    byte[] firstByteAlone = {(byte) (type.number() << 4 | flags)};
                    assertThat(Wire.refused(decoder, firstByteAlone)).isEqualTo(MALFORMED_PACKET);
                }
            }
        }
    }

    @Test
    void inOldPacketsWhatIsAcknowledgedMayBeMarkedAsRepeated() throws MalformedPacket {
        assertThat(Wire.fromClient(V3_1, Wire.packet(0x6A, "0007"))).isNotNull();
        assertThat(Wire.fromClient(V3_1, Wire.packet(0x8A, "0007 <a> 00"))).isNotNull();
        assertThat(Wire.fromClient(V3_1, Wire.packet(0xAA, "0007 <a>"))).isNotNull();
        assertThat(Wire.refusedOfClient(V3_1, Wire.packet(0xE8, ""))).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    void typesThatTheVersionDoesNotKnowAreRefused() {
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x00, ""))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0xF0, ""))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refused(Wire.fresh(), Wire.packet(0x00, ""))).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    void aPacketOfTheOtherSideIsRefused() {
        for (int first : new int[] {0x20, 0x90, 0xB0, 0xD0}) {
            assertThat(Wire.refusedOfClient(V5, new byte[] {(byte) first})).isEqualTo(PROTOCOL_ERROR);
        }
        for (int first : new int[] {0x10, 0x82, 0xA2, 0xC0}) {
            assertThat(Wire.refusedOfServer(V5, new byte[] {(byte) first})).isEqualTo(PROTOCOL_ERROR);
        }
        assertThat(Wire.refusedOfServer(V3_1_1, Wire.packet(0xE0, ""))).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.0-1")
    @Statement(version = 5, value = "MQTT-3.1.0-1")
    void nothingComesBeforeConnect() {
        for (PacketType type : PacketType.values()) {
            if (type != PacketType.CONNECT) {
                byte[] first = {(byte) (type.number() << 4 | type.flags())};
                assertThat(Wire.refused(Wire.fresh(), first)).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.0-2")
    @Statement(version = 5, value = "MQTT-3.1.0-2")
    void aSecondConnectIsRefused() throws MalformedPacket {
        for (String body : new String[] {"<MQTT> 04 02 003C <a>", "<MQTT> 05 02 003C 00 <a>"}) {
            Decoder decoder = Wire.fresh();
            assertThat(decoder.decode(Unpooled.wrappedBuffer(Wire.packet(0x10, body))))
                    .isNotNull();
            assertThat(Wire.refused(decoder, Wire.packet(0x10, body))).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-1.5.5-1")
    void theRemainingLengthIsAsShortAsCanBeSinceVersion5() throws MalformedPacket {
        assertThat(Wire.refusedOfClient(V5, Wire.bytes("C0 80 00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refused(Wire.fresh(), Wire.bytes("10 8E 00 <MQTT> 05 02 003C 00 <a>")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.fromClient(V3_1_1, Wire.bytes("C0 80 00"))).isEqualTo(Ping.REQUEST);
        assertThat(Wire.refusedOfClient(V5, Wire.bytes("30 80 80 80 80"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.bytes("30 FF FF FF FF"))).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    void aPacketThatIsTooLargeIsRefusedBeforeItIsThere() throws MalformedPacket {
        Decoder decoder = new Decoder(Role.CLIENT, 100, false);
        decoder.version(V5);
        assertThat(decoder.decode(Unpooled.wrappedBuffer(Wire.bytes("30 62")))).isNull();
        assertThat(Wire.refused(decoder, Wire.bytes("30 63"))).isEqualTo(PACKET_TOO_LARGE);
    }

    @Test
    void nothingIsTakenUntilAllIsThere() throws MalformedPacket {
        byte[] bytes = Wire.packet(0x32, "<a/b> 0007 00 'hello'");
        Decoder decoder = Wire.decoder(V5, Role.CLIENT);
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < bytes.length - 1; i++) {
            in.writeByte(bytes[i]);
            assertThat(decoder.decode(in)).isNull();
            assertThat(in.readerIndex()).isZero();
        }
        assertThat(decoder.decode(in.writeByte(bytes[bytes.length - 1]))).isNotNull();
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void bytesBehindTheFieldsAreRefused() {
        for (int first : new int[] {0x40, 0x50, 0x62, 0x70}) {
            assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(first, "0007 00")))
                    .isEqualTo(MALFORMED_PACKET);
            assertThat(Wire.refusedOfClient(V5, Wire.packet(first, "0007 00 00 00")))
                    .isEqualTo(MALFORMED_PACKET);
        }
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xC0, "00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0xE0, "00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedConnect("<MQTT> 04 02 003C <a> 00")).isEqualTo(MALFORMED_PACKET);
    }
}
