package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What version 5 adds to packets. */
class PropertiesTest {
    private static final String ALL =
            "01 01 03 <text/plain> 08 <re/ply> 09 0003 FF0080 26 <k> <2> 26 <a> <1> 26 <k> <2> 26 <> <>";

    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.2-4", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18", "MQTT-3.3.2-20"
            })
    void whatBelongsToAMessageIsPassedOnAsItCame(int qos) {
        RawClient live = bench.connect(5, "live");
        live.subscribe("<@/a> 02");
        RawClient away = bench.keep(5, "away", false);
        away.subscribe("<@/a> 02");
        away.disconnect();
        bench.connect(5, "s")
                .send(String.format(
                        "3%X[<@/a> %s [%s] 'x'] %s", qos << 1, qos == 0 ? "" : "0001", ALL, qos == 2 ? "62[0001]" : ""))
                .send("C000")
                .await(Incoming.PINGRESP);
        assertAll(live.receive("@/a", "x"));
        if (qos > 0) {
            assertAll(bench.keep(5, "away", true).receive("@/a", "x"));
        }
    }

    private static void assertAll(Incoming message) {
        Extras extras = message.extras();
        assertThat(extras.all()).hasSize(8);
        assertThat(extras.hex(0x01)).containsExactly("01");
        assertThat(extras.text(0x03)).isEqualTo("text/plain");
        assertThat(extras.text(0x08)).isEqualTo("re/ply");
        assertThat(extras.hex(0x09)).containsExactly("0003FF0080");
        assertThat(extras.hex(0x26)).containsExactly("00016B000132", "000161000131", "00016B000132", "00000000");
    }

    @Test
    void versionsUnderstandEachOther() {
        RawClient old = bench.connect(4, "old");
        old.subscribe("<@/a> 01");
        RawClient recent = bench.connect(5, "recent");
        recent.subscribe("<@/a> 01");
        RawClient sender = bench.connect(5, "s");
        sender.send("30[<@/a> [" + ALL + "] 'of 5']");
        old.expect("30[<@/a> 'of 5']");
        assertAll(recent.message("@/a", "of 5"));
        bench.connect(4, "s4").publish(0, "@/a", "of 311");
        old.expect("30[<@/a> 'of 311']");
        recent.expect("30[<@/a> 00 'of 311']");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-6")
    void theExpiryIsLessByTheTimeAMessageWaited() {
        RawClient away = bench.keep(5, "away", false);
        away.subscribe("<@/a> 01");
        away.disconnect();
        bench.connect(5, "s").send("32[<@/a> 0001 [02 0000003C] 'x']").await(Incoming.PUBACK);
        bench.letASecondExpire();
        assertThat(bench.keep(5, "away", true).receive("@/a", "x").extras().number(0x02))
                .isBetween(50L, 59L);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-5")
    void whatExpiredWhileItsReceiverWasAwayIsNotDelivered() {
        RawClient away = bench.keep(5, "away", false);
        away.subscribe("<@/a> 01");
        away.disconnect();
        RawClient sender = bench.connect(5, "s");
        sender.send("32[<@/a> 0001 [02 00000001] 'short']").await(Incoming.PUBACK);
        sender.send("32[<@/a> 0002 [02 0000003C] 'long']").await(Incoming.PUBACK);
        sender.publish(1, "@/a", "for ever");
        bench.letASecondExpire();
        RawClient again = bench.keep(5, "away", true);
        again.receive("@/a", "long");
        assertThat(again.receive("@/a", "for ever").extras().has(0x02)).isFalse();
        again.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "19 00"})
    @Statement(version = 5, value = "MQTT-3.1.2-28")
    void whoAsksForNoResponseInformationGetsNone(String properties) {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 [" + properties + "] <@c>]");
        assertThat(client.expectConnack(false, 0).extras().has(0x1A)).isFalse();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-29")
    void whoWantsNoProblemInformationIsSparedIt() {
        RawClient client = bench.connectWith("c", "17 00");
        client.send("32[<denied/@> 0001 00 'x'] 34[<denied/@> 0002 00 'x'] 82[0003 00 <denied/@> 01] A2[0004 00 <@>]");
        for (int i = 0; i < 4; i++) {
            Extras extras = client.next().extras();
            assertThat(extras.has(0x1F)).isFalse();
            assertThat(extras.has(0x26)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-24", "MQTT-3.1.2-25"})
    void whatIsTooLargeForAClientCountsAsDelivered(int qos) {
        RawClient client = bench.connectWith("c", "27 00000040 21 0001");
        client.subscribe("<@/a> 02");
        RawClient large = bench.connect(5, "large");
        large.subscribe("<@/a> 02");
        RawClient sender = bench.connect(5, "s");
        sender.publish(qos, "@/a", "x".repeat(60));
        sender.publish(qos, "@/a", "y".repeat(100));
        sender.publish(qos, "@/a", "fits");
        client.receive("@/a", "fits");
        client.expectQuiet();
        large.receive("@/a", "x".repeat(60));
        large.receive("@/a", "y".repeat(100));
        large.receive("@/a", "fits");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-24")
    void whatIsAsLargeAsAllowedIsDelivered() {
        String topic = bench.name();
        // Fixed header 2, topic 2 and its length, identifier none, properties 1.
        String payload = "x".repeat(100 - 5 - topic.length());
        RawClient client = bench.connectWith("c", "27 00000064");
        client.subscribe("<@> 00");
        client.publish(0, topic, payload + "x");
        client.publish(0, topic, payload);
        client.receive(topic, payload);
        client.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.2.2-15")
    void whoSendsMoreThanTheServerTakesIsDisconnected() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 00 <@c>]");
        Extras extras = client.expectConnack(false, 0).extras();
        assumeTrue(extras.has(0x27));
        int largest = (int) extras.number(0x27);
        client.subscribe("<@/a> 00");
        String payload = "x".repeat(largest - 4 - 1 - 2 - (bench.name() + "/a").length() - (largest > 1 << 21 ? 1 : 0));
        client.publish(0, "@/a", payload);
        client.receive("@/a", payload);
        client.send("30[<@/a> 00 '" + payload + "x']").expectClosed(0x95);
    }

    @Test
    void whatTheServerSaysOfItselfIsInRange() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 003C [11 0000000A] <@c>]");
        Extras extras = client.expectConnack(false, 0).extras();
        assertThat(extras.all().stream().map(Extras.Extra::id)).doesNotHaveDuplicates();
        for (int id : new int[] {0x24, 0x25, 0x28, 0x29, 0x2A}) {
            assertThat(extras.hex(id)).as("property %s", id).isSubsetOf("00", "01");
        }
        // Everything is supported: nothing says otherwise.
        assertThat(extras.has(0x24)).isFalse();
        for (int id : new int[] {0x25, 0x28, 0x29, 0x2A}) {
            assertThat(extras.hex(id)).as("property %s", id).doesNotContain("00");
        }
        assertThat(extras.has(0x15)).isFalse();
    }

    @Test
    void userPropertiesGoWithEachPacketThatMayHaveThem() {
        RawClient client = bench.connectWith("c", "26 <k> <v> 26 <k> <v>");
        client.send("82[0001 [26 <k> <v>] <@/a> 02]").await(Incoming.SUBACK);
        client.send("34[<@/a> 0001 [26 <k> <v>] 'x']").await(Incoming.PUBREC);
        client.send("62[0001 00 [26 <k> <v>]]").await(Incoming.PUBCOMP);
        String id = String.format("%04X", client.message("@/a", "x").id());
        client.send("50[" + id + " 00 [26 <k> <v> 1F <why>]]").await(Incoming.PUBREL);
        client.send("70[" + id + " 00 [26 <k> <v>]]");
        client.send("A2[0001 [26 <k> <v>] <@/a>]").await(Incoming.UNSUBACK);
        client.expectQuiet();
        client.send("E0[00 [26 <k> <v> 1F <why>]]").expectClosed();
    }
}
