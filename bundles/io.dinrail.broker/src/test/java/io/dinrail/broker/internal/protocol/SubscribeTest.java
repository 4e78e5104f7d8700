package io.dinrail.broker.internal.protocol;

import static io.dinrail.broker.internal.protocol.MqttVersion.V3_1_1;
import static io.dinrail.broker.internal.protocol.MqttVersion.V5;
import static io.dinrail.broker.internal.protocol.ReasonCode.MALFORMED_PACKET;
import static io.dinrail.broker.internal.protocol.ReasonCode.PROTOCOL_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeTest {
    @Test
    @Statement(version = 4, value = "MQTT-3.8.3-1")
    void filtersOf311HaveAQuality() throws MalformedPacket {
        Subscribe subscribe = (Subscribe) Wire.fromClient(V3_1_1, Wire.packet(0x82, "0007 <a/#> 01 <b/+> 02"));
        assertThat(subscribe.packetId()).isEqualTo(7);
        assertThat(subscribe.subscriptions())
                .containsExactly(new Subscription("a/#", Qos.AT_LEAST_ONCE), new Subscription("b/+", Qos.EXACTLY_ONCE));
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.8.3-1")
    void filtersOf5HaveTheirOptions() throws MalformedPacket {
        Subscribe subscribe = (Subscribe) Wire.fromClient(V5, Wire.packet(0x82, "0007 03 0B C801 <a/#> 2E <b> 10"));
        assertThat(subscribe.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0))
                .isEqualTo(200);
        assertThat(subscribe.subscriptions())
                .containsExactly(
                        new Subscription("a/#", Qos.EXACTLY_ONCE, true, true, RetainHandling.DO_NOT_SEND),
                        new Subscription("b", Qos.AT_MOST_ONCE, false, false, RetainHandling.SEND_IF_NEW));
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-2.3.1-1", "MQTT-3.8.3-3", "MQTT-3.10.3-2"})
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-3", "MQTT-3.8.3-2", "MQTT-3.10.3-2"})
    void thereIsAPacketIdentifierAndAFilter() {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x82, "0000 <a> 00")))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0000 00 <a> 00")))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0xA2, "0000 <a>"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xA2, "0000 00 <a>"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x82, "0007"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0xA2, "0007"))).isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xA2, "0007 00"))).isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001 FF", "0001 00", "0003 EDA080"})
    @Statement(
            version = 4,
            value = {"MQTT-3.8.3-1", "MQTT-3.10.3-1", "MQTT-4.7.3-2"})
    @Statement(
            version = 5,
            value = {"MQTT-3.8.3-1", "MQTT-3.10.3-1", "MQTT-4.7.3-2"})
    void filtersAreUtf8(String filter) {
        assertRefused(filter);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3-8.3-4")
    @Statement(version = 5, value = "MQTT-3.8.3-5")
    void reservedBitsAreRefused() {
        for (String options : new String[] {"04", "08", "10", "20", "40", "80"}) {
            assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x82, "0007 <a>" + options)))
                    .isEqualTo(MALFORMED_PACKET);
        }
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00 <a> 40")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00 <a> 80")))
                .isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(version = 4, value = "MQTT-3-8.3-4")
    void thereIsNeitherAQuality3NorARetainHandling3() {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x82, "0007 <a> 03")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00 <a> 03")))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00 <a> 30")))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 02 0B 00 <a> 00")))
                .isEqualTo(PROTOCOL_ERROR);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 04 0B 01 0B 02 <a> 00")))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>", "<a#>", "<a/#/b>", "<##>", "<#/a>", "<a/b#>"})
    @Statement(
            version = 4,
            value = {"MQTT-4.7.1-2", "MQTT-4.7.3-1"})
    @Statement(
            version = 5,
            value = {"MQTT-4.7.1-1", "MQTT-4.7.3-1"})
    void theMultiLevelWildcardIsALastLevel(String filter) {
        assertRefused(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a+>", "<+a>", "<a/+b>", "<++>", "<a/b+/c>", "<+#>"})
    @Statement(version = 4, value = "MQTT-4.7.1-3")
    @Statement(version = 5, value = "MQTT-4.7.1-2")
    void theSingleLevelWildcardIsALevel(String filter) {
        assertRefused(filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+",
                "/",
                "//",
                "a/#",
                "+/+/#",
                "/#",
                "a/+/b",
                "$SYS/#",
                "+/",
                "a b/ü",
                "$share",
                "$shared/a"
            })
    @Statement(
            version = 4,
            value = {"MQTT-4.7.1-2", "MQTT-4.7.1-3"})
    @Statement(
            version = 5,
            value = {"MQTT-4.7.1-1", "MQTT-4.7.1-2"})
    void filtersWithWildcardsAtTheirPlaceAreTaken(String filter) throws MalformedPacket {
        Subscribe subscribe = (Subscribe) Wire.fromClient(V5, Wire.packet(0x82, "0007 00 <" + filter + "> 00"));
        Subscription subscription = subscribe.subscriptions().get(0);
        assertThat(subscription.topicFilter()).isEqualTo(filter);
        assertThat(subscription.shareName()).isEmpty();
        assertThat(Wire.fromClient(V3_1_1, Wire.packet(0xA2, "0007 <" + filter + ">")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<$share/>",
                "<$share//a>",
                "<$share/g>",
                "<$share/g/>",
                "<$share/g+/a>",
                "<$share/#/a>",
                "<$share/+/a>",
                "<$share/g/a#>"
            })
    @Statement(
            version = 5,
            value = {"MQTT-4.8.2-1", "MQTT-4.8.2-2"})
    void aSharedSubscriptionHasANameAndAFilter(String filter) {
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00" + filter + "00")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xA2, "0007 00" + filter)))
                .isEqualTo(MALFORMED_PACKET);
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-4.8.2-1", "MQTT-4.8.2-2", "MQTT-3.8.3-4"})
    void aSharedSubscriptionIsTakenApartAndHasNoNoLocal() throws MalformedPacket {
        Subscribe subscribe = (Subscribe) Wire.fromClient(V5, Wire.packet(0x82, "0007 00 <$share/g//a/#> 01"));
        Subscription subscription = subscribe.subscriptions().get(0);
        assertThat(subscription.shareName()).contains("g");
        assertThat(subscription.topicFilter()).isEqualTo("/a/#");
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00 <$share/g/a> 04")))
                .isEqualTo(PROTOCOL_ERROR);
    }

    private static void assertRefused(String filter) {
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0x82, "0007" + filter + "00")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0x82, "0007 00" + filter + "00")))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V3_1_1, Wire.packet(0xA2, "0007" + filter)))
                .isEqualTo(MALFORMED_PACKET);
        assertThat(Wire.refusedOfClient(V5, Wire.packet(0xA2, "0007 00" + filter)))
                .isEqualTo(MALFORMED_PACKET);
    }
}
