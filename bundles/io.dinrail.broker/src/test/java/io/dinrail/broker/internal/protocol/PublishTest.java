package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V5;
import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static io.dinrail.broker.internal.protocol.ReasonCode.PROTOCOL_ERROR;
import static io.dinrail.broker.internal.protocol.ReasonCode.TOPIC_ALIAS_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.3.2-1", "MQTT-2.3.1-5"})
    void aMessageOfQos0IsTopicAndPayload() throws MalformedPacket {
        Publish publish = (Publish) Wire.fromClient(V3_1_1, Wire.packet(0x31, "<a/b> 'hello'"));
        assertThat(publish.topic()).isEqualTo(TopicName.of("a/b"));
        assertThat(publish.topic().bytes()).isEqualTo(3);
        assertThat(publish.retain()).isTrue();
        assertThat(publish.packetId()).isZero();
        assertThat(publish.payload().toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-2", "MQTT-2.2.2-1", "MQTT-3.3.2-1", "MQTT-3.3.2-13", "MQTT-3.3.2-19"})
    void aMessageOf5HasItsProperties() throws MalformedPacket {
        byte[] bytes = Wire.packet(
                0x3A, "<a/b> 0007 25 0101 02 0000003C 03 <text> 08 <re> 09 0002 00FF 26 <k> <v> 26 <k> <> 'hello'");
        Publish publish = (Publish) Wire.fromClient(V5, bytes);
        Properties properties = publish.properties();
        assertThat(publish.dup()).isTrue();
        assertThat(publish.packetId()).isEqualTo(7);
        assertThat(properties.number(Property.PAYLOAD_FORMAT_INDICATOR, 0)).isOne();
        assertThat(properties.number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isEqualTo(60);
        assertThat(properties.text(Property.CONTENT_TYPE)).contains("text");
        assertThat(properties.text(Property.RESPONSE_TOPIC)).contains("re");
        assertThat(properties.binary(Property.CORRELATION_DATA)).hasValue(new byte[] {0, -1});
        assertThat(properties.userProperties()).containsExactly(new UserProperty("k", "v"), new UserProperty("k", ""));
        assertThat(properties.number(Property.TOPIC_ALIAS, -1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x36, 0x37, 0x3E, 0x3F})
    @Statement(version = 4, value = "MQTT-3.3.1-4")
    @Statement(version = 5, value = "MQTT-3.3.1-4")
    void thereIsNoQos3(int first) {
        for (MqttVersion version : MqttVersion.values()) {
            assertThat(Wire.refusedOfClient(version, new byte[] {(byte) first})).isEqualTo(MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.3.1-2")
    @Statement(version = 5, value = "MQTT-3.3.1-2")
    void qos0IsNeverMarkedAsRepeated() throws MalformedPacket {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x38, "<a>"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x38, "<a> 00"))).isEqualTo(MALFORMED_PACKET);
        assertThat(((Publish) Wire.fromClient(V3_1, Wire.packet(0x38, "<a>"))).dup())
                .isFalse();
    }

    @Test
    @Statement(version = 4, value = "MQTT-2.3.1-1")
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-3", "MQTT-2.2.1-4"})
    void thePacketIdentifierIsNotZero() {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x32, "<a> 0000"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x34, "<a> 0000 00"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x34, "<a> 0000 00"))).isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<#>", "<a/#>", "<+>", "<a/+/b>", "<a+>"})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.2-2", "MQTT-4.7.1-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.2-2", "MQTT-4.7.0-1"})
    void aTopicNameHasNoWildcards(String topic) {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x30, topic))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, topic + "00"))).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-4.7.3-1", "MQTT-3.3.2-1"})
    @Statement(
            version = 5,
            value = {"MQTT-4.7.3-1", "MQTT-3.3.2-1"})
    void aTopicNameHasAtLeastOneCharacter() throws MalformedPacket {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x30, "<>"))).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, "<> 00"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.fromClient(V5, Wire.packet(0x30, "<> 03 23 0001"))).isNotNull();
        assertThat(Wire.fromClient(V5, Wire.packet(0x30, "</> 00"))).isNotNull();
    }

    @Test
    @Statement(version = 4, value = "MQTT-4.7.3-3")
    @Statement(version = 5, value = "MQTT-4.7.3-3")
    void aTopicNameMayHave65535Bytes() throws MalformedPacket {
        String topic = "a".repeat(65_535);
        Publish publish = (Publish) Wire.fromClient(V3_1_1, Wire.packet(0x30, "<" + topic + ">"));
        assertThat(publish.topic().text()).isEqualTo(topic);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-8")
    void theTopicAlias0IsRefused() {
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, "<a> 03 23 0000")))
                .isEqualTo(TOPIC_ALIAS_INVALID);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x30, "<a> 03 23 0000")))
                .isEqualTo(TOPIC_ALIAS_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08 <a/#>", "08 <+>", "01 02", "02 00000001 02 00000001", "23 0001 23 0001"})
    @Statement(version = 5, value = "MQTT-3.3.2-14")
    void valuesOutOfRangeAreProtocolErrors(String properties) {
        int length = Wire.bytes(properties).length;
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, "<a>" + String.format("%02X", length) + properties)))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08 0001 FF",
                "03 0001 FF",
                "26 <k> 0001 FF",
                "26 0001 FF <v>",
                "11 00000001",
                "1F <why>",
                "81 00 00"
            })
    @Statement(
            version = 5,
            value = {"MQTT-1.5.7-1", "MQTT-3.3.2-13", "MQTT-3.3.2-19"})
    void stringsInPropertiesAreUtf8AndPropertiesBelongToTheirPacket(String properties) {
        int length = Wire.bytes(properties).length;
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, "<a>" + String.format("%02X", length) + properties)))
                .isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.4-6")
    void onlyTheServerSendsSubscriptionIdentifiers() throws MalformedPacket {
        byte[] bytes = Wire.packet(0x30, "<a> 05 0B 01 0B 8001");
        assertThat(Wire.refusedOfClient(V5, bytes)).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.fromServer(V5, bytes).properties().subscriptionIdentifiers())
                .containsExactly(1, 128);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x30, "<a> 02 0B 00"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfServer(V5, Wire.packet(0x30, "<a> 03 0B 8000")))
                .isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "<a> 05",
                "<a> 8000",
                "<a> 80808000",
                "<a> 8080808001",
                "<a> 02 26 00",
                "0005 'a'",
                "00",
                "<a> 03 26 0005",
                "<a> 03 09 00FF",
                "<a> 01 02"
            })
    @Statement(
            version = 5,
            value = {"MQTT-1.5.5-1", "MQTT-2.2.2-1"})
    void fieldsThatRunBeyondTheirEndAreRefused(String body) {
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x30, body))).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    void memoryIsSharedAndReleasedOnce() throws MalformedPacket {
        ByteBuf in = PooledByteBufAllocator.DEFAULT.directBuffer();
        in.writeBytes(Wire.packet(0x30, "<a> 07 26 <k> <v> 'hello'"));
        Publish publish = (Publish) Wire.decoder(V5, Role.CLIENT).decode(in);
        assertThat(in.refCnt()).isEqualTo(2);
        publish.release();
        assertThat(in.refCnt()).isOne();
        in.release();
    }

    @Test
    void aTopicThatCameBeforeIsNotMadeAgain() throws MalformedPacket {
        Decoder decoder = Wire.decoder(V3_1_1, Role.CLIENT);
        ByteBuf in = Unpooled.wrappedBuffer(Wire.packet(0x30, "<a/b> '1'"), Wire.packet(0x30, "<a/b> '2'"));
        TopicName first = ((Publish) decoder.decode(in)).topic();
        assertThat(((Publish) decoder.decode(in)).topic()).isSameAs(first);
    }
}
