package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.PUBLISH;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREL;
import static io.dinrail.broker.internal.conformance.Incoming.UNSUBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSubscriptionTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachMessageGoesToOneMemberAndAllHaveTheirShare(int qos) {
        RawClient one = member("m1");
        RawClient two = member("m2");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 30; i++) {
            sender.publish(qos, "@/a", "m" + i);
        }
        Set<String> first = all(one);
        Set<String> second = all(two);
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(second).isNotEmpty();
        first.addAll(second);
        assertThat(first).isEqualTo(messages(30));
    }

    @Test
    void eachGroupAndEachPlainSubscriptionGetsACopy() {
        RawClient one = bench.connect(5, "m1");
        one.subscribe("<$share/@x/@/a> 01");
        RawClient two = bench.connect(5, "m2");
        two.subscribe("<$share/@y/@/+> 01");
        RawClient plain = bench.connect(5, "plain");
        plain.subscribe("<@/a> 01");
        bench.connect(5, "s").publish(1, "@/a", "x");
        for (RawClient each : List.of(one, two, plain)) {
            each.receive("@/a", "x");
            each.expectQuiet();
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.8.2-3")
    void aMemberGetsItsShareAtTheQosItWasGranted() {
        RawClient zero = bench.connect(5, "m0");
        zero.subscribe("<$share/@/@/a> 00");
        RawClient two = bench.connect(5, "m2");
        two.subscribe("<$share/@/@/a> 02");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 20; i++) {
            sender.publish(2, "@/a", "m" + i);
        }
        Incoming atZero = zero.next();
        assertThat(atZero.type()).isEqualTo(PUBLISH);
        assertThat(atZero.qos()).isZero();
        Incoming atTwo = two.next();
        assertThat(atTwo.type()).isEqualTo(PUBLISH);
        assertThat(atTwo.qos()).isEqualTo(2);
    }

    @Test
    void aMemberThatLeavesGetsNothingMore() {
        RawClient one = member("m1");
        RawClient two = member("m2");
        one.send("A2[0001 00 <$share/@/@/a>]").expect("B0[0001 00 00]");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 10; i++) {
            sender.publish(1, "@/a", "m" + i);
        }
        one.expectQuiet();
        assertThat(all(two)).isEqualTo(messages(10));
        two.send("A2[0001 00 <$share/@/@/a>]").await(UNSUBACK);
    }

    @Test
    void whatAMemberLeftUnacknowledgedGoesToAnother() {
        RawClient one = member("m1");
        RawClient two = member("m2");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 20; i++) {
            sender.publish(1, "@/a", "m" + i);
        }
        assertThat(one.next().type()).isEqualTo(PUBLISH);
        one.close();
        Set<String> received = new TreeSet<>();
        while (received.size() < 20) {
            Incoming message = two.next();
            two.acknowledge(message);
            received.add(message.payload());
        }
        assertThat(received).isEqualTo(messages(20));
    }

    @Test
    void aMemberThatIsAwayLeavesItsShareToThoseWhoAreThere() {
        RawClient away = bench.keep(5, "away", false);
        away.subscribe("<$share/@/@/a> 01");
        away.disconnect();
        RawClient here = member("here");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 10; i++) {
            sender.publish(1, "@/a", "m" + i);
        }
        assertThat(all(here)).isEqualTo(messages(10));
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.8.2-4")
    void aQos2DeliveryIsCompletedWithWhomItBegan() {
        RawClient one = bench.keep(5, "m1", false);
        one.subscribe("<$share/@/@/a> 02");
        RawClient sender = bench.connect(5, "s");
        sender.publish(2, "@/a", "x");
        Incoming message = one.message("@/a", "x");
        RawClient two = member("m2");
        one.close();
        two.expectQuiet();
        RawClient again = bench.keep(5, "m1", true);
        assertThat(again.receive("@/a", "x").id()).isEqualTo(message.id());
        two.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.8.2-5")
    void aQos2DeliveryWhoseSessionEndsGoesToNobodyElse() {
        RawClient one = member("m1");
        bench.connect(5, "s").publish(2, "@/a", "x");
        String id = String.format("%04X", one.message("@/a", "x").id());
        one.send("50[" + id + "]").await(PUBREL);
        RawClient two = member("m2");
        one.close();
        bench.connect(5, "m1").expectQuiet();
        two.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Statement(version = 5, value = "MQTT-4.8.2-6")
    void whatAMemberRefusesGoesToNobodyElse(int qos) {
        RawClient one = member("m1");
        RawClient sender = bench.connect(5, "s");
        sender.publish(qos, "@/a", "x");
        Incoming message = one.message("@/a", "x");
        RawClient two = member("m2");
        one.send(String.format("%s[%04X 83]", qos == 1 ? "40" : "50", message.id()));
        one.expectQuiet();
        two.expectQuiet();
        one.close();
        two.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.8.3-4")
    void noLocalDoesNotGoWithASharedSubscription() {
        bench.connect(5, "c").send("82[0001 00 <$share/@/@/a> 05]").expectClosed(0x82);
    }

    private RawClient member(String id) {
        RawClient client = bench.connect(5, id);
        client.subscribe("<$share/@/@/a> 02");
        return client;
    }

    /** All that a client has got, acknowledged. */
    private static Set<String> all(RawClient client) {
        Set<String> all = new TreeSet<>();
        for (Incoming next = client.nextOrQuiet(); next != null; next = client.nextOrQuiet()) {
            assertThat(all.add(next.payload())).as("%s comes once", next).isTrue();
            client.acknowledge(next);
        }
        return all;
    }

    private static Set<String> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).collect(Collectors.toCollection(TreeSet::new));
    }
}
