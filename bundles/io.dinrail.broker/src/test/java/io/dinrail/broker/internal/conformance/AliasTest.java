package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topic aliases of version 5 in both directions. */
class AliasTest {
    @RegisterExtension
    final Bench bench = new Bench();

    private RawClient receiver;
    private int allowed;

    private RawClient sender() {
        receiver = bench.connect(5, "r");
        receiver.subscribe("<@/#> 01");
        RawClient sender = bench.open(5).send("10[<MQTT> 05 02 0000 00 <@s>]");
        Extras extras = sender.expectConnack(false, 0).extras();
        allowed = extras.has(0x22) ? (int) extras.number(0x22) : 0;
        return sender;
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-12")
    void anAliasStandsForTheTopicItWasSentWith() {
        RawClient sender = sender();
        assumeTrue(allowed > 0);
        sender.send("30[<@/a> [23 0001] 'one'] 32[<> 0001 [23 0001] 'two']").await(Incoming.PUBACK);
        sender.send("30[<@/b> [23 0001] 'three'] 30[<> [23 0001] 'four']");
        for (String[] message : new String[][] {{"@/a", "one"}, {"@/a", "two"}, {"@/b", "three"}, {"@/b", "four"}}) {
            assertThat(receiver.receive(message[0], message[1]).extras().has(0x23))
                    .isFalse();
        }
        sender.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-12")
    void eachAliasUpToTheMaximumIsTaken() {
        RawClient sender = sender();
        assumeTrue(allowed > 0);
        int last = Math.min(allowed, 200);
        for (int alias = 1; alias <= last; alias++) {
            sender.send(String.format("30[<@/%d> [23 %04X] 'x']", alias, alias));
            receiver.receive("@/" + alias, "x");
        }
        sender.send(String.format("30[<@/max> [23 %04X] 'x'] 30[<> [23 %04X] 'y']", allowed, allowed));
        receiver.receive("@/max", "x");
        receiver.receive("@/max", "y");
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.2.2-17", "MQTT-3.3.2-9"})
    void anAliasBeyondTheMaximumEndsTheConnection() {
        RawClient sender = sender();
        assumeTrue(allowed < 0xFFFF);
        sender.send(String.format("30[<@/a> [23 %04X] 'x']", allowed + 1)).expectClosed(0x94);
        receiver.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-8")
    void theAlias0EndsTheConnection() {
        sender().send("30[<@/a> [23 0000] 'x']").expectClosed(0x94);
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"30[<> [23 0001] 'x']", "30[<> 00 'x']", "32[<> 0001 00 'x']"})
    @Statement(version = 5, value = "MQTT-4.13.1-1")
    void aMessageWithoutATopicNeedsAnAliasThatIsKnown(String packet) {
        RawClient sender = sender();
        sender.send(packet).expectClosed(allowed > 0 || !packet.contains("23") ? 0x82 : 0x94);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-7")
    void anAliasEndsWithItsConnection() {
        RawClient sender = sender();
        assumeTrue(allowed > 0);
        sender.send("30[<@/a> [23 0001] 'x']");
        receiver.receive("@/a", "x");
        sender.close();
        sender().send("30[<> [23 0001] 'y']").expectClosed(0x82);
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-7")
    void aliasesOfTwoClientsAreTheirOwn() {
        RawClient one = sender();
        assumeTrue(allowed > 0);
        RawClient two = bench.connect(5, "s2");
        one.send("30[<@/a> [23 0001] 'x']");
        receiver.receive("@/a", "x");
        two.send("30[<@/b> [23 0001] 'y']");
        receiver.receive("@/b", "y");
        one.send("30[<> [23 0001] 'z']");
        receiver.receive("@/a", "z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22 0000"})
    @Statement(version = 5, value = "MQTT-3.1.2-27")
    void whoAllowsNoAliasGetsNone(String properties) {
        RawClient client = bench.connectWith("c", properties);
        client.subscribe("<@/a> 00");
        for (int i = 0; i < 3; i++) {
            client.publish(0, "@/a", "x");
            assertThat(client.message("@/a", "x").extras().has(0x23)).isFalse();
        }
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-26", "MQTT-3.3.2-8", "MQTT-3.3.2-11"})
    void whoAllowsAliasesGetsNoneBeyondItsMaximumAndCanResolveThem() {
        RawClient client = bench.connectWith("c", "22 0002");
        client.subscribe("<@/#> 01");
        RawClient sender = bench.connect(5, "s");
        Map<Long, String> aliases = new HashMap<>();
        for (int i = 0; i < 30; i++) {
            String topic = bench.name() + "/" + i % 5;
            sender.publish(1, topic, "m" + i);
            Incoming message = client.next();
            client.acknowledge(message);
            assertThat(message.payload()).isEqualTo("m" + i);
            String named = message.topic();
            if (message.extras().has(0x23)) {
                long alias = message.extras().number(0x23);
                assertThat(alias).isBetween(1L, 2L);
                if (named.isEmpty()) {
                    named = aliases.get(alias);
                }
                aliases.put(alias, named);
            }
            assertThat(named).isEqualTo(topic);
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-7")
    void whatIsSentAgainOnANewConnectionHasItsTopic() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 00 0000 [11 0000003C 22 0002] <@c>]");
        bench.forget("c");
        client.expectConnack(false, 0);
        client.subscribe("<@/a> 01");
        RawClient sender = bench.connect(5, "s");
        sender.publish(1, "@/a", "one");
        sender.publish(1, "@/a", "two");
        client.next();
        client.next();
        client.close();
        RawClient again = bench.keep(5, "c", true);
        again.receive("@/a", "one");
        again.receive("@/a", "two");
    }
}
