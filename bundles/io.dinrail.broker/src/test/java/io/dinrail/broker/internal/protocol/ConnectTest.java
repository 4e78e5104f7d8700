package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static io.dinrail.broker.internal.protocol.ReasonCode.PROTOCOL_ERROR;
import static io.dinrail.broker.internal.protocol.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-9", "MQTT-3.1.2-19", "MQTT-3.1.2-21", "MQTT-3.1.3-1", "MQTT-3.1.3-3", "MQTT-3.1.4-1"})
    void allFieldsOf311AreReadInTheirOrder() throws MalformedPacket {
        Connect connect = Wire.connect("<MQTT> 04 F6 003C <c1> <w/t> <bye> <joe> <secret>");
        assertThat(connect.version()).isEqualTo(MqttVersion.V3_1_1);
        assertThat(connect.clientId()).isEqualTo("c1");
        assertThat(connect.cleanStart()).isTrue();
        assertThat(connect.keepAlive()).isEqualTo(60);
        assertThat(connect.will()).contains(will("w/t", "bye", Qos.EXACTLY_ONCE, true, Properties.NONE));
        assertThat(connect.userName()).contains("joe");
        assertThat(connect.password()).hasValue("secret".getBytes());
        assertThat(connect.toString()).doesNotContain("secret", "joe");
    }

    @Test
    @Statement(
            version = 5,
            value = {
                "MQTT-3.1.2-9",
                "MQTT-3.1.2-17",
                "MQTT-3.1.2-19",
                "MQTT-3.1.3-1",
                "MQTT-3.1.3-3",
                "MQTT-3.1.3-10",
                "MQTT-3.1.4-1"
            })
    void allFieldsOf5AreReadInTheirOrder() throws MalformedPacket {
        Connect connect = Wire.connect("<MQTT> 05 EE 003C 05 11 0000000A <c1>"
                + "13 18 00000005 26 <b> <2> 26 <a> <1> <w/t> <bye> <joe> 0003 00FF01");
        assertThat(connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0))
                .isEqualTo(10);
        Will will = connect.will().orElseThrow();
        assertThat(will.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(will.properties().number(Property.WILL_DELAY_INTERVAL, 0)).isEqualTo(5);
        assertThat(will.properties().userProperties())
                .containsExactly(new UserProperty("b", "2"), new UserProperty("a", "1"));
        assertThat(connect.password()).hasValue(new byte[] {0, -1, 1});
    }

    @ParameterizedTest
    @CsvSource({"<MQTT>,03", "<MQTT>,06", "<MQTT>,00", "<MQIsdp>,04", "<mqtt>,04", "<MQTX>,05", "<>,04", "<MQTT>,84"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-1", "MQTT-3.1.2-2"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-1", "MQTT-3.1.2-2"})
    void otherNamesAndLevelsAreRefusedAsSuch(String name, String level) {
        assertThat(Wire.refusedConnect(name + level + "02 003C 00 <a>")).isEqualTo(UNSUPPORTED_PROTOCOL_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 03 003C <a>", "05 03 003C 00 <a>"})
    @Statement(version = 4, value = "MQTT-3.1.2-3")
    @Statement(version = 5, value = "MQTT-3.1.2-3")
    void theReservedFlagIsRefused(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0A", "12", "1A", "22", "2A"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-11", "MQTT-3.1.2-13", "MQTT-3.1.2-15"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-11", "MQTT-3.1.2-13"})
    void withoutAWillThereIsNeitherItsQosNorItsRetain(String flags) {
        assertThat(Wire.refusedConnect("<MQTT> 04" + flags + "003C <a>")).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedConnect("<MQTT> 05" + flags + "003C 00 <a>")).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.2-14")
    @Statement(version = 5, value = "MQTT-3.1.2-12")
    void aWillHasOneOfThreeQualities() {
        assertThat(Wire.refusedConnect("<MQTT> 04 1E 003C <a> <t> <m>")).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedConnect("<MQTT> 05 1E 003C 00 <a> 00 <t> <m>")).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"04 06 003C <a>", "04 06 003C <a> <t>", "04 82 003C <a>", "04 C2 003C <a> <u>", "04 02 003C"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-9", "MQTT-3.1.2-19", "MQTT-3.1.2-21", "MQTT-3.1.3-3"})
    void fieldsThatTheFlagsAnnounceAreThere311(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 06 003C 00 <a>",
                "05 06 003C 00 <a> 00",
                "05 06 003C 00 <a> 00 <t>",
                "05 82 003C 00 <a>",
                "05 42 003C 00 <a>",
                "05 02 003C 00",
                "05 02 003C"
            })
    @Statement(
            version = 5,
            value = {"MQTT-2.2.2-1", "MQTT-3.1.2-9", "MQTT-3.1.2-17", "MQTT-3.1.2-19", "MQTT-3.1.3-3"})
    void fieldsThatTheFlagsAnnounceAreThere5(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 02 003C <a> <u>", "04 82 003C <a> <u> <p>", "04 02 003C <a> <t> <m>"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-11", "MQTT-3.1.2-18", "MQTT-3.1.2-20"})
    void fieldsThatTheFlagsDenyAreNotThere311(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05 02 003C 00 <a> <u>", "05 82 003C 00 <a> <u> <p>"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-16", "MQTT-3.1.2-18"})
    void fieldsThatTheFlagsDenyAreNotThere5(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.2-22")
    void aPasswordNeedsAUserNameBefore5() throws MalformedPacket {
        assertThat(Wire.refusedConnect("<MQTT> 04 42 003C <a> <p>")).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.connect("<MQTT> 05 42 003C 00 <a> <p>").userName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04 02 003C 0001 FF", "04 06 003C <a> 0001 FF <m>", "04 82 003C <a> 0001 FF"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.3-4", "MQTT-3.1.3-10", "MQTT-3.1.3-11"})
    void stringsAreUtf8In311(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05 02 003C 00 0001 FF", "05 06 003C 00 <a> 00 0001 FF <m>", "05 82 003C 00 <a> 0001 FF"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.3-4", "MQTT-3.1.3-11", "MQTT-3.1.3-12"})
    void stringsAreUtf8In5(String rest) {
        assertThat(Wire.refusedConnect("<MQTT>" + rest)).isEqualTo(MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<a/+>", "<#>"})
    @Statement(
            version = 4,
            value = {"MQTT-4.7.1-1", "MQTT-4.7.3-1"})
    @Statement(
            version = 5,
            value = {"MQTT-4.7.0-1", "MQTT-4.7.3-1"})
    void aWillTopicIsATopicName(String topic) {
        assertThat(Wire.refusedConnect("<MQTT> 04 06 003C <a>" + topic + "<m>")).isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedConnect("<MQTT> 05 06 003C 00 <a> 00" + topic + "<m>"))
                .isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.1.3-7", "MQTT-3.1.3-8", "MQTT-3.1.3-9"})
    void anEmptyClientIdentifierNeedsACleanSessionIn311() throws MalformedPacket {
        assertThat(Wire.refusedConnect("<MQTT> 04 00 003C <>")).isEqualTo(CLIENT_IDENTIFIER_NOT_VALID);
        assertThat(CLIENT_IDENTIFIER_NOT_VALID.returnCode()).hasValue(2);
        assertThat(Wire.connect("<MQTT> 04 02 003C <>").clientId()).isEmpty();
        assertThat(Wire.connect("<MQTT> 05 00 003C 00 <>").clientId()).isEmpty();
        assertThat(Wire.refusedConnect("<MQIsdp> 03 02 003C <>")).isEqualTo(CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.3-5")
    @Statement(version = 5, value = "MQTT-3.1.3-5")
    void clientIdentifiersOfTheSmallestKindAreTaken() throws MalformedPacket {
        String letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (String id : new String[] {"a", letters.substring(0, 23), letters.substring(39), letters}) {
            assertThat(Wire.connect("<MQTT> 04 02 003C <" + id + ">").clientId())
                    .isEqualTo(id);
            assertThat(Wire.connect("<MQTT> 05 02 003C 00 <" + id + ">").clientId())
                    .isEqualTo(id);
        }
    }

    @Test
    void in31APacketMayEndWhereTheUserNameShouldStand() throws MalformedPacket {
        assertThat(Wire.connect("<MQIsdp> 03 C2 003C <a>").userName()).isEmpty();
        assertThat(Wire.connect("<MQIsdp> 03 C2 003C <a> <u> <p>").password()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21 0000", "27 00000000", "17 02", "19 02", "16 <data>", "11 00000001 11 00000001"})
    void propertiesOutOfRangeOrTwiceAreProtocolErrors(String properties) {
        int length = Wire.bytes(properties).length;
        assertThat(Wire.refusedConnect("<MQTT> 05 02 003C" + String.format("%02X", length) + properties + "<a>"))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"18 00000001", "01 00", "23 0001", "1F <why>", "7F 00", "00", "0B 01", "2A 01"})
    void propertiesOfOtherPacketsAreMalformed(String properties) {
        int length = Wire.bytes(properties).length;
        assertThat(Wire.refusedConnect("<MQTT> 05 02 003C" + String.format("%02X", length) + properties + "<a>"))
                .isEqualTo(MALFORMED_PACKET);
    }

    private static Will will(String topic, String payload, Qos qos, boolean retain, Properties properties) {
        return new Will(TopicName.of(topic), payload.getBytes(), qos, retain, properties);
    }
}
