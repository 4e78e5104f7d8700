package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V5;
import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static io.dinrail.broker.internal.protocol.ReasonCode.PROTOCOL_ERROR;
import static io.dinrail.broker.internal.protocol.ReasonCode.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x50, 0x62, 0x70})
    @Statement(version = 4, value = "MQTT-2.3.1-6")
    @Statement(version = 5, value = "MQTT-2.2.1-5")
    void anAcknowledgementNamesItsMessage(int first) throws MalformedPacket {
        PacketType type = PacketType.of(first >> 4);
        for (MqttVersion version : MqttVersion.values()) {
            Acknowledgement ack = new Acknowledgement(type, 0x1234, SUCCESS);
            assertThat(Wire.fromClient(version, Wire.packet(first, "1234"))).isEqualTo(ack);
            assertThat(Wire.encoded(version, ack)).isEqualTo(Wire.packet(first, "1234"));
            assertThat(Wire.refusedOfClient(version, Wire.packet(first, "0000")))
                    .isEqualTo(PROTOCOL_ERROR);
            assertThat(Wire.refusedOfClient(version, Wire.packet(first, "12"))).isEqualTo(MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.4.2-1", "MQTT-3.5.2-1", "MQTT-3.6.2-1", "MQTT-3.7.2-1"})
    void acknowledgementsOfMessagesHaveTheirOwnReasons() {
        Set<Integer> ofPublish = Set.of(0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0x40, hex("0007", code))))
                .isEqualTo(ofPublish);
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0x50, hex("0007", code))))
                .isEqualTo(ofPublish);
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0x62, hex("0007", code))))
                .isEqualTo(Set.of(0, 0x92));
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0x70, hex("0007", code))))
                .isEqualTo(Set.of(0, 0x92));
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.2.2-8", "MQTT-3.9.3-2", "MQTT-3.11.3-2"})
    void answersOfTheServerHaveTheirOwnReasons() {
        assertThat(taken(Role.SERVER, code -> Wire.packet(0x20, hex("00", code) + "00")))
                .isEqualTo(Set.of(
                        0, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97,
                        0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F));
        assertThat(taken(Role.SERVER, code -> Wire.packet(0x90, hex("0007 00", code))))
                .isEqualTo(Set.of(0, 1, 2, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2));
        assertThat(taken(Role.SERVER, code -> Wire.packet(0xB0, hex("0007 00", code))))
                .isEqualTo(Set.of(0, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91));
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.14.2-1", "MQTT-3.15.2-1"})
    void goodbyesAndStepsHaveTheirOwnReasons() {
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0xE0, hex("", code))))
                .isEqualTo(Set.of(0, 4, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99));
        assertThat(taken(Role.SERVER, code -> Wire.packet(0xE0, hex("", code))))
                .isEqualTo(Set.of(
                        0, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96,
                        0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2));
        assertThat(taken(Role.CLIENT, code -> Wire.packet(0xF0, hex("", code) + "04 15 <m>")))
                .isEqualTo(Set.of(0x18, 0x19));
        assertThat(taken(Role.SERVER, code -> Wire.packet(0xF0, hex("", code) + "04 15 <m>")))
                .isEqualTo(Set.of(0, 0x18));
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xF0, "18 00"))).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    @Statement(version = 4, value = "MQTT-2.3.1-7")
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-6", "MQTT-3.9.3-1", "MQTT-3.11.3-1"})
    void answersToSubscriptionsKeepTheirOrder() throws MalformedPacket {
        Suback suback = (Suback) Wire.fromServer(V5, Wire.packet(0x90, "0007 00 01 80 00 02"));
        assertThat(suback.packetId()).isEqualTo(7);
        assertThat(suback.reasons())
                .containsExactly(
                        ReasonCode.GRANTED_QOS_1, ReasonCode.UNSPECIFIED_ERROR, SUCCESS, ReasonCode.GRANTED_QOS_2);
        assertThat(Wire.encoded(V5, suback)).isEqualTo(Wire.packet(0x90, "0007 00 01 80 00 02"));
        Unsuback unsuback = (Unsuback) Wire.fromServer(V5, Wire.packet(0xB0, "0007 00 11 00"));
        assertThat(unsuback.reasons()).containsExactly(ReasonCode.NO_SUBSCRIPTION_EXISTED, SUCCESS);
        assertThat(Wire.encoded(V3_1_1, unsuback)).isEqualTo(Wire.packet(0xB0, "0007"));
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.9.3-1", "MQTT-3.9.3-2", "MQTT-3.8.4-6"})
    void before5ASubscriptionIsGrantedOrRefused() throws MalformedPacket {
        List<ReasonCode> reasons =
                List.of(ReasonCode.GRANTED_QOS_1, ReasonCode.NOT_AUTHORIZED, ReasonCode.GRANTED_QOS_2, SUCCESS);
        byte[] bytes = Wire.encoded(V3_1_1, new Suback(7, reasons, Properties.NONE));
        assertThat(bytes).isEqualTo(Wire.packet(0x90, "0007 01 80 02 00"));
        assertThat(((Suback) Wire.fromServer(V3_1_1, bytes)).reasons())
                .containsExactly(
                        ReasonCode.GRANTED_QOS_1, ReasonCode.UNSPECIFIED_ERROR, ReasonCode.GRANTED_QOS_2, SUCCESS);
        for (String code : new String[] {"03", "7F", "81", "87", "FF"}) {
            assertThat(Wire.refusedOfServer(V3_1_1, Wire.packet(0x90, "0007" + code)))
                    .isEqualTo(MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.2.2-4", "MQTT-3.2.2-6"})
    @Statement(
            version = 5,
            value = {"MQTT-3.2.2-1", "MQTT-3.2.2-6"})
    void connackHasOneFlagAndItsReturnCode() throws MalformedPacket {
        assertThat(Wire.fromServer(V3_1_1, Wire.packet(0x20, "01 00")))
                .isEqualTo(new Connack(true, SUCCESS, Properties.NONE));
        assertThat(Wire.refusedOfServer(V3_1_1, Wire.packet(0x20, "02 00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x20, "80 00 00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfServer(V3_1_1, Wire.packet(0x20, "01 05"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x20, "01 87 00"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfServer(V3_1_1, Wire.packet(0x20, "00 06"))).isEqualTo(MALFORMED_PACKET);
        Connack refusal = new Connack(false, ReasonCode.BANNED, Properties.NONE);
        assertThat(Wire.encoded(V3_1, refusal)).isEqualTo(Wire.packet(0x20, "00 05"));
        assertThatThrownBy(() -> Wire.encoded(V3_1_1, new Connack(false, MALFORMED_PACKET, Properties.NONE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Wire.encoded(V3_1, new Connack(true, SUCCESS, Properties.NONE)))
                .isEqualTo(Wire.packet(0x20, "00 00"));
    }

    @Test
    void everyReturnCodeComesBackAsItsReason() throws MalformedPacket {
        for (int code = 0; code < 6; code++) {
            byte[] bytes = Wire.packet(0x20, hex("00", code));
            assertThat(Wire.encoded(V3_1_1, Wire.fromServer(V3_1_1, bytes))).isEqualTo(bytes);
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.14.2-2")
    void onlyTheClientSetsASessionExpiryAtTheEnd() throws MalformedPacket {
        byte[] bytes = Wire.packet(0xE0, "00 05 11 0000003C");
        assertThat(Wire.refusedOfServer(V5, bytes)).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.fromClient(V5, bytes).properties().number(Property.SESSION_EXPIRY_INTERVAL, 0))
                .isEqualTo(60);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xE0, "00 06 1C <abc>")))
                .isEqualTo(MALFORMED_PACKET);
    }

    @Test
    void pingsAreTwoBytes() throws MalformedPacket {
        assertThat(Wire.fromClient(V5, Wire.bytes("C000"))).isEqualTo(Ping.REQUEST);
        assertThat(Wire.encoded(V3_1_1, Ping.RESPONSE)).isEqualTo(Wire.bytes("D000"));
    }

    private static Set<Integer> taken(Role sender, IntFunction<byte[]> packet) {
        Set<Integer> taken = new TreeSet<>();
        for (int code = 0; code < 256; code++) {
            try {
                Wire.decoder(V5, sender).decode(Unpooled.wrappedBuffer(packet.apply(code)));
                taken.add(code);
            } catch (MalformedPacket e) {
                assertThat(e.reason()).isEqualTo(MALFORMED_PACKET);
            }
        }
        return taken;
    }

    private static String hex(String before, int code) {
        return before + String.format("%02X", code);
    }
}
