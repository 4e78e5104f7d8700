package io.dinrail.broker.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class TopicAliasesTest {
    private final TopicAliases aliases = new TopicAliases(10);

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.3.2-10", "MQTT-3.3.2-12"})
    void everyAliasUpToTheMaximumIsLearnt() throws MalformedPacket {
        for (int alias = 10; alias >= 1; alias--) {
            assertThat(resolve("a/" + alias, alias)).isEqualTo("a/" + alias);
        }
        for (int alias = 1; alias <= 10; alias++) {
            assertThat(resolve("", alias)).isEqualTo("a/" + alias);
        }
        assertThat(resolve("b", 3)).isEqualTo("b");
        assertThat(resolve("", 3)).isEqualTo("b");
        assertThat(resolve("c", 0)).isEqualTo("c");
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.2.2-17", "MQTT-3.2.2-18", "MQTT-3.3.2-7", "MQTT-3.3.2-9", "MQTT-3.3.2-11"})
    void anAliasBeyondTheMaximumOrOfNothingIsRefused() {
        assertThat(refused("a", 11)).isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID);
        assertThat(refused("", 4)).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(catchThrowableOfType(MalformedPacket.class, () -> new TopicAliases(0).resolve(publish("a", 1)))
                        .reason())
                .isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID);
    }

    private String resolve(String topic, int alias) throws MalformedPacket {
        return aliases.resolve(publish(topic, alias)).topic().text();
    }

    private ReasonCode refused(String topic, int alias) {
        return catchThrowableOfType(MalformedPacket.class, () -> aliases.resolve(publish(topic, alias)))
                .reason();
    }

    private static Publish publish(String topic, int alias) throws MalformedPacket {
        String properties = alias == 0 ? "00" : "03 23" + String.format("%04X", alias);
        return (Publish) Wire.fromClient(MqttVersion.V5, Wire.packet(0x30, "<" + topic + ">" + properties));
    }
}
