package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static final long SEED = 20261122;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "BF",
                "C3 28",
                "C0 80",
                "C1 BF",
                "E0 80 AF",
                "E0 9F BF",
                "F0 80 80 AF",
                "F0 8F BF BF",
                "ED A0 80",
                "ED BF BF",
                "ED A0 80 ED B0 80",
                "F4 90 80 80",
                "F5 80 80 80",
                "FF",
                "E2 82",
                "F0 9F 98",
                "C3"
            })
    @Statement(
            version = 4,
            value = {"MQTT-1.5.3-1", "MQTT-4.8.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-1.5.4-1", "MQTT-4.13.1-1"})
    void whatIsNotWellFormedIsRefused(String text) {
        byte[] bytes = Wire.bytes("'abcdefgh'" + text);
        for (MqttVersion version : MqttVersion.values()) {
            assertThat(Wire.refusedOfClient(version, publish(version, bytes))).isEqualTo(MALFORMED_PACKET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "'a' 00", "'abcdefg' 00", "'abcdefghijk' 00 'lmnopqrstu'", "C3 A4 00"})
    @Statement(
            version = 4,
            value = {"MQTT-1.5.3-2", "MQTT-4.7.3-2"})
    @Statement(
            version = 5,
            value = {"MQTT-1.5.4-2", "MQTT-4.7.3-2"})
    void theCharacterNulIsRefused(String text) {
        for (MqttVersion version : MqttVersion.values()) {
            assertThat(Wire.refusedOfClient(version, publish(version, Wire.bytes(text))))
                    .isEqualTo(MALFORMED_PACKET);
        }
    }

    @Test
    @Statement(version = 4, value = "MQTT-1.5.3-3")
    @Statement(version = 5, value = "MQTT-1.5.4-3")
    void aByteOrderMarkIsACharacterLikeOthers() throws MalformedPacket {
        byte[] bytes = Wire.bytes("EF BB BF 'a' EF BB BF");
        for (MqttVersion version : MqttVersion.values()) {
            Publish publish = (Publish) Wire.fromClient(version, publish(version, bytes));
            assertThat(publish.topic().text()).isEqualTo("\uFEFFa\uFEFF");
            assertThat(publish.topic().bytes()).isEqualTo(7);
        }
    }

    @Test
    void controlCharactersAreTakenUnlessTheyAreRefusedHere() throws MalformedPacket {
        for (String text : new String[] {"01", "1F", "7F", "C2 80", "C2 9F", "EF B7 90", "EF BF BE", "F0 9F BF BF"}) {
            byte[] bytes = publish(MqttVersion.V5, Wire.bytes(text));
            assertThat(Wire.fromClient(MqttVersion.V5, bytes)).isNotNull();
            Decoder strict = new Decoder(Role.CLIENT, 1000, true);
            strict.version(MqttVersion.V5);
            assertThat(Wire.refused(strict, bytes)).isEqualTo(MALFORMED_PACKET);
        }
    }

    @Test
    void itAgreesWithTheJdkOnRandomBytes() throws MalformedPacket {
        Random random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(3) == 0 ? (byte) (0x30 | bytes[j] & 0xF) : bytes[j];
            }
            assertThat(isTaken(bytes)).isEqualTo(isTakenByJdk(bytes));
        }
    }

    @Test
    void ourOwnStringsAreCheckedToo() {
        assertThatThrownBy(() -> TopicName.of("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.of("a\uD800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.of("a/#")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.of("a".repeat(65_536))).isInstanceOf(IllegalArgumentException.class);
        assertThat(TopicName.of("a/\uD83D\uDE00").bytes()).isEqualTo(6);
    }

    private static boolean isTaken(byte[] bytes) {
        Utf8 utf8 = new Utf8(false);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        utf8.load(in, 0, bytes.length);
        try {
            utf8.check();
            return utf8.string().equals(new String(bytes, StandardCharsets.UTF_8));
        } catch (MalformedPacket e) {
            return false;
        }
    }

    private static boolean isTakenByJdk(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] publish(MqttVersion version, byte[] topic) {
        ByteBuf body = Unpooled.buffer().writeShort(topic.length).writeBytes(topic);
        if (version.hasProperties()) {
            body.writeByte(0);
        }
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return Wire.packet(0x30, bytes);
    }
}
