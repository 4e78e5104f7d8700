package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.SUBACK;
import static io.dinrail.broker.internal.conformance.Incoming.UNSUBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {
                "MQTT-2.3.1-7",
                "MQTT-3.8.4-1",
                "MQTT-3.8.4-2",
                "MQTT-3.8.4-4",
                "MQTT-3.8.4-5",
                "MQTT-3.9.3-1",
                "MQTT-3.9.3-2"
            })
    @Statement(
            version = 5,
            value = {
                "MQTT-2.2.1-6",
                "MQTT-3.8.4-1",
                "MQTT-3.8.4-2",
                "MQTT-3.8.4-5",
                "MQTT-3.8.4-6",
                "MQTT-3.8.4-7",
                "MQTT-3.9.3-1",
                "MQTT-3.9.3-2"
            })
    void eachFilterOfASubscribeIsAnsweredInItsOrder(int level) {
        RawClient client = bench.connect(level, "c");
        client.send("82[ABCD {00} <@/a> 01 <@/b> 00 <@/c> 02 <@/d> 01]");
        client.expect("90[ABCD {00} 01 00 02 01]");
        for (String topic : new String[] {"@/a", "@/b", "@/c", "@/d"}) {
            client.publish(0, topic, "x");
            client.receive(topic, "x");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c, a/b/c, true",
        "a/b/c, a/b/c/d, false",
        "a/b/c, a/b, false",
        "a/b/c, a/B/c, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a//c, true",
        "a/+/c, a/b/b/c, false",
        "a/+, a, false",
        "a/+, a/, true",
        "a/#, a, true",
        "a/#, a/, true",
        "a/#, a/b, true",
        "a/#, a/b/c/d, true",
        "a/#, b, false",
        "a/#, ab, false",
        "+/+, /x, true",
        "+/+, x, false",
        "+/+/+, a/b/c, true",
        "+/b/#, a/b, true",
        "+/b/#, a/b/c/d, true",
        "/a, a, false",
        "a, /a, false",
        "a/, a, false",
        "//, //, true",
        "a b, a b, true",
        "ä, ä, true",
        "a+b/c, a+b/c, false"
    })
    @Statement(
            version = 4,
            value = {"MQTT-4.7.3-4", "MQTT-3.3.2-3", "MQTT-4.5.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-4.7.3-4", "MQTT-3.3.2-3", "MQTT-4.5.0-1"})
    void aFilterMatchesTheTopicsItShould(String filter, String topic, boolean matches) {
        if (filter.contains("a+b")) {
            bench.connect(5, "c").send("82[0001 00 <@/a+b/c> 00]").expectClosed(0x81, 0x82, 0x8F);
            return;
        }
        for (int level : new int[] {4, 5}) {
            RawClient client = bench.connect(level, "c");
            client.subscribe("<@/" + filter + "> 01");
            client.publish(1, "@/" + topic, "x");
            if (matches) {
                client.receive("@/" + topic, "x");
            }
            client.expectQuiet();
        }
    }

    @Test
    @Statement(version = 4, value = "MQTT-4.7.3-4")
    @Statement(version = 5, value = "MQTT-4.7.3-4")
    void charactersThatLookAlikeAreDifferent() {
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/\u00e4> 00");
        client.publish(0, "@/a\u0308", "composed of two");
        client.publish(0, "@/\u00e4", "one");
        client.receive("@/\u00e4", "one");
        client.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.7.2-1")
    @Statement(version = 5, value = "MQTT-4.7.2-1")
    void wildcardsInFrontDoNotMatchTopicsOfTheServer(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<#> 00 <+/@> 00");
        RawClient explicit = bench.connect(level, "explicit");
        explicit.subscribe("<$SYS/#> 00");
        assertThat(explicit.next().topic()).startsWith("$SYS/");
        RawClient sender = bench.connect(level, "s");
        sender.send("30[<$SYS/@> {00} 'x'] 30[<$x/@> {00} 'x']");
        bench.connect(level, "t").publish(0, "@", "y");
        client.receive("@", "y");
        client.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.3.5-1")
    @Statement(version = 5, value = "MQTT-3.3.4-2")
    void overlappingSubscriptionsGetOneCopyAtTheHighestQos(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 00 <@/+> 02 <@/#> 01");
        client.publish(2, "@/a", "x");
        assertThat(client.receive("@/a", "x").qos()).isEqualTo(2);
        client.publish(1, "@/a", "y");
        assertThat(client.receive("@/a", "y").qos()).isEqualTo(1);
        client.expectQuiet();
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.3.4-3", "MQTT-3.3.4-4"})
    void aMessageNamesTheSubscriptionsItComesBy() {
        RawClient client = bench.connect(5, "c");
        client.send("82[0001 [0B 01] <@/a> 00]").await(SUBACK);
        client.send("82[0002 [0B FFFFFF7F] <@/+> 00]").await(SUBACK);
        client.send("82[0003 00 <@/#> 00]").await(SUBACK);
        client.publish(0, "@/a", "x");
        assertThat(client.message("@/a", "x").extras().hex(0x0B)).containsExactlyInAnyOrder("01", "FFFFFF7F");
        client.publish(0, "@/b", "x");
        assertThat(client.message("@/b", "x").extras().hex(0x0B)).containsExactly("FFFFFF7F");
        client.publish(0, "@/b/c", "x");
        assertThat(client.message("@/b/c", "x").extras().hex(0x0B)).isEmpty();
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.3.4-3", "MQTT-3.8.4-3"})
    void theIdentifierOfASubscriptionIsReplacedWithIt() {
        RawClient client = bench.keep(5, "c", false);
        client.send("82[0001 [0B 01] <@/a> 00]").await(SUBACK);
        client.send("82[0001 [0B 02] <@/a> 01]").await(SUBACK);
        client.publish(1, "@/a", "x");
        assertThat(client.receive("@/a", "x").extras().hex(0x0B)).containsExactly("02");
        client.disconnect();
        bench.connect(5, "s").publish(1, "@/a", "y");
        RawClient again = bench.keep(5, "c", true);
        assertThat(again.receive("@/a", "y").extras().hex(0x0B)).containsExactly("02");
        again.send("82[0001 00 <@/a> 01]").await(SUBACK);
        again.publish(1, "@/a", "z");
        assertThat(again.receive("@/a", "z").extras().hex(0x0B)).isEmpty();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.4-3")
    void whatIsRetainedNamesTheSubscriptionToo() {
        RawClient client = bench.connect(5, "c");
        client.publish(1, true, "@/a", "x");
        client.send("82[0001 [0B 07] <@/a> 00]").await(SUBACK);
        assertThat(client.message("@/a", "x").extras().hex(0x0B)).containsExactly("07");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.8.3-3")
    void withNoLocalAClientDoesNotHearItself() {
        RawClient client = bench.keep(5, "c", false);
        client.subscribe("<@/a> 05");
        client.publish(1, "@/a", "mine");
        client.expectQuiet();
        bench.connect(5, "other").publish(1, "@/a", "from another");
        client.receive("@/a", "from another");
        client.disconnect();
        RawClient again = bench.keep(5, "c", true);
        again.publish(1, "@/a", "mine again");
        again.expectQuiet();
        again.subscribe("<@/+> 01");
        again.publish(1, "@/a", "heard by the other subscription");
        again.receive("@/a", "heard by the other subscription");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.8.4-3")
    @Statement(version = 5, value = "MQTT-3.8.4-3")
    void theSameFilterAgainReplacesTheSubscription(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 02");
        client.subscribe("<@/a> 00");
        client.publish(2, "@/a", "x");
        assertThat(client.receive("@/a", "x").qos()).isZero();
        client.expectQuiet();
        client.send("A2[0001 {00} <@/a>]").await(UNSUBACK);
        client.publish(2, "@/a", "y");
        client.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.8.4-3")
    @Statement(version = 5, value = "MQTT-3.8.4-4")
    void replacingASubscriptionLosesNoMessage(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 01");
        RawClient sender = bench.connect(level, "s");
        for (int i = 0; i < 20; i++) {
            sender.send(String.format("32[<@/a> %04X {00} 'm%d']", i + 1, i));
            client.send(String.format("82[%04X {00} <@/a> 01]", 0x200 + i));
        }
        for (int i = 0; i < 20; ) {
            Incoming next = client.next();
            if (next.type() == Incoming.PUBLISH) {
                assertThat(next.payload()).isEqualTo("m" + i++);
                client.acknowledge(next);
            }
        }
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.8.4-5", "MQTT-3.9.3-2"})
    void in311AFilterThatIsDeniedFails() {
        RawClient client = bench.connect(4, "c");
        client.send("82[0001 <@/a> 01 <denied/@> 01 <@/b> 00]").expect("90[0001 01 80 00]");
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.8.4-6", "MQTT-3.8.4-7", "MQTT-3.9.3-2"})
    void in5AFilterThatIsDeniedFails() {
        RawClient client = bench.connect(5, "c");
        Incoming suback =
                client.send("82[0001 00 <@/a> 01 <denied/@> 01 <@/b> 00]").next();
        assertThat(suback.type()).isEqualTo(SUBACK);
        assertThat(suback.codes()).containsExactly(1, 0x87, 0);
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-2.3.1-7", "MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6"})
    void in311UnsubscribingIsAnsweredWhateverWasThere() {
        RawClient client = bench.connect(4, "c");
        client.subscribe("<@/a> 01");
        client.send("A2[1234 <@/a> <@/b>]").expect("B0[1234]");
        client.send("A2[1235 <@/a>]").expect("B0[1235]");
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-6", "MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6", "MQTT-3.11.3-1", "MQTT-3.11.3-2"
            })
    void in5UnsubscribingSaysForEachFilterWhatWasThere() {
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 01 <@/c> 01");
        client.send("A2[1234 00 <@/a> <@/b> <@/c>]").expect("B0[1234 00 00 11 00]");
        client.send("A2[1235 00 <@/a>]").expect("B0[1235 00 11]");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.10.4-1", "MQTT-3.10.4-2"})
    @Statement(
            version = 5,
            value = {"MQTT-3.10.4-1", "MQTT-3.10.4-2"})
    void onlyTheEqualFilterIsUnsubscribed(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/+/b> 01");
        client.send("A2[0001 {00} <@/a/b> <@/#> <@/+/B> <@/+>]").await(UNSUBACK);
        client.publish(1, "@/a/b", "x");
        client.receive("@/a/b", "x");
        client.send("A2[0002 {00} <@/+/b>]").await(UNSUBACK);
        client.publish(1, "@/a/b", "y");
        client.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4,1", "4,2", "5,1", "5,2"})
    @Statement(version = 4, value = "MQTT-3.10.4-3")
    @Statement(version = 5, value = "MQTT-3.10.4-3")
    void whatIsUnderWayIsCompletedAfterUnsubscribing(int level, int qos) {
        RawClient client = bench.keep(level, "c", false);
        client.subscribe("<@/a> 02");
        bench.connect(level, "s").publish(qos, "@/a", "x");
        Incoming message = client.message("@/a", "x");
        client.send("A2[0001 {00} <@/a>]").await(UNSUBACK);
        client.close();
        RawClient again = bench.keep(level, "c", true);
        assertThat(again.receive("@/a", "x").id()).isEqualTo(message.id());
        again.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aClientMayHaveManyFilters(int level) {
        RawClient client = bench.connect(level, "c");
        StringBuilder filters = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            filters.append("<@/f").append(i).append("/+> 00 ");
        }
        client.subscribe(filters.toString());
        client.publish(0, "@/f0/x", "first");
        client.publish(0, "@/f199/x", "last");
        client.receive("@/f0/x", "first");
        client.receive("@/f199/x", "last");
    }
}
