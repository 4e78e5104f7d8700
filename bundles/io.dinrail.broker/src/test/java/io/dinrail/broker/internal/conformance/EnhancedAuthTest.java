package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no method of authentication by steps: whoever wants one is refused as the standard says. */
class EnhancedAuthTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(strings = {"15 <SCRAM-SHA-1>", "15 <SCRAM-SHA-256> 16 <data>", "15 <GS2-KRB5>", "15 <>"})
    @Statement(
            version = 5,
            value = {"MQTT-4.12.0-1", "MQTT-4.12.0-4", "MQTT-3.2.2-7"})
    void aMethodIsRefused(String properties) {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 [" + properties + "] <@c>] C000");
        Incoming connack = client.expectConnack(false, 0x8C);
        assertThat(connack.extras().has(0x15)).isFalse();
        client.expectClosed();
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.12.0-1")
    void aMethodIsRefusedWhateverTheUserName() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 C2 0000 [15 <PLAIN>] <@c> <login> <secret>]");
        client.expectConnack(false, 0x8C);
        client.expectClosed();
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.12.0-6")
    void withoutAMethodThereIsNoStep() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 00 <@c>]");
        assertThat(client.expectConnack(false, 0).extras().has(0x15)).isFalse();
        client.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"F0[18 [15 <m>]]", "F0[19 [15 <m>]]", "F0[19 [15 <m> 16 <data>]]"})
    @Statement(
            version = 5,
            value = {"MQTT-4.12.0-7", "MQTT-4.12.1-2", "MQTT-4.13.1-1"})
    void whoSendsAStepWithoutAMethodIsDisconnected(String packet) {
        bench.connect(5, "c").send(packet + "C000").expectClosed(0x82, 0x8C);
    }

    @ParameterizedTest
    @CsvSource({"F000, 81", "F1[18 [15 <m>]], 81", "F0[01 00], 81", "F0[18 [01 01]], 81"})
    @Statement(
            version = 5,
            value = {"MQTT-3.15.1-1", "MQTT-3.15.2-1"})
    void aMalformedStepIsRefusedAsSuch(String packet, String code) {
        bench.connect(5, "c").send(packet + "C000").expectClosed(0x81, 0x82);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.14.0-1")
    void aStepBeforeConnectIsNotAnswered() {
        bench.open(5).send("F0[18 [15 <m>]]").expectClosed();
    }

    @Test
    @Statement(version = 4, value = "MQTT-4.8.0-1")
    void in311ThereIsNoSuchPacket() {
        bench.connect(4, "c").send("F000 C000").expectClosed();
    }
}
