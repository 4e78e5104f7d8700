package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetainTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource({"4,0,2", "4,1,2", "4,2,2", "4,2,1", "4,1,0", "5,0,2", "5,1,2", "5,2,2", "5,2,1", "5,1,0"})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-8"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.1-5", "MQTT-3.3.1-9"})
    void whoComesLaterGetsWhatIsRetainedAtTheLowerQos(int level, int published, int granted) {
        RawClient sender = bench.connect(level, "s");
        sender.publish(published, true, "@/a", "x");
        sender.disconnect();
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/+> 0" + granted);
        Incoming message = receiver.receive("@/a", "x");
        assertThat(message.retain()).isTrue();
        assertThat(message.dup()).isFalse();
        assertThat(message.qos()).isEqualTo(Math.min(published, granted));
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4,0", "4,1", "5,0", "5,2"})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.1-5", "MQTT-3.3.1-7"})
    @Statement(version = 5, value = "MQTT-3.3.1-5")
    void theLastRetainedMessageReplacesTheOneBefore(int level, int qos) {
        RawClient sender = bench.connect(level, "s");
        sender.publish(2, true, "@/a", "first");
        sender.publish(qos, true, "@/a", "second");
        sender.expectQuiet();
        bench.expectRetained(level, "@/a", "second");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.3.1-9")
    @Statement(version = 5, value = "MQTT-3.3.1-12")
    void whoIsSubscribedGetsItWithoutTheFlag(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 01");
        client.publish(1, true, "@/a", "x");
        assertThat(client.receive("@/a", "x").retain()).isFalse();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.1-13")
    void whoAsksForTheFlagAsPublishedGetsItSo() {
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 09");
        client.publish(1, true, "@/a", "retained");
        client.publish(1, false, "@/a", "not retained");
        assertThat(client.receive("@/a", "retained").retain()).isTrue();
        assertThat(client.receive("@/a", "not retained").retain()).isFalse();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.1-12")
    void whatComesFromTheStoreHasTheFlagWhateverWasAskedFor() {
        bench.connect(5, "s").publish(1, true, "@/a", "x");
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 01");
        assertThat(client.receive("@/a", "x").retain()).isTrue();
        client.subscribe("<@/+> 09");
        assertThat(client.receive("@/a", "x").retain()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4,0", "4,1", "4,2", "5,0", "5,1", "5,2"})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.1-10", "MQTT-3.3.1-11"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.1-6", "MQTT-3.3.1-7"})
    void anEmptyRetainedMessageClearsAndIsDelivered(int level, int qos) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, true, "@/a", "x");
        sender.publish(qos, true, "@/a", "");
        receiver.receive("@/a", "x");
        assertThat(receiver.receive("@/a", "").retain()).isFalse();
        sender.expectQuiet();
        bench.expectRetained(level, "@/a");
        sender.publish(qos, true, "@/never", "");
        sender.expectQuiet();
        bench.expectRetained(level, "@/never");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.3.1-12")
    @Statement(version = 5, value = "MQTT-3.3.1-8")
    void aMessageWithoutTheFlagLeavesTheStoreAlone(int level) {
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, false, "@/b", "y");
        sender.publish(1, true, "@/a", "kept");
        sender.publish(1, false, "@/a", "passes");
        sender.publish(1, false, "@/a", "");
        bench.expectRetained(level, "@/a", "kept");
        bench.expectRetained(level, "@/b");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.1-6", "MQTT-3.8.4-3"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.1-9", "MQTT-3.8.4-4"})
    void subscribingAgainSendsItAgain(int level) {
        bench.connect(level, "s").publish(1, true, "@/a", "x");
        RawClient client = bench.connect(level, "c");
        for (int i = 0; i < 3; i++) {
            client.subscribe("<@/a> 01");
            assertThat(client.receive("@/a", "x").retain()).isTrue();
            client.expectQuiet();
        }
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.1-10")
    void retainHandling1IsForNewSubscriptionsOnly() {
        bench.connect(5, "s").publish(1, true, "@/a", "x");
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 11");
        client.receive("@/a", "x");
        client.subscribe("<@/a> 11");
        client.expectQuiet();
        client.send("A2[0001 00 <@/a>]").await(Incoming.UNSUBACK);
        client.subscribe("<@/a> 11");
        client.receive("@/a", "x");
        client.subscribe("<@/a> 01");
        client.receive("@/a", "x");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.1-10")
    void retainHandling1KnowsTheSubscriptionsOfAKeptSession() {
        bench.connect(5, "s").publish(1, true, "@/a", "x");
        RawClient client = bench.keep(5, "c", false);
        client.subscribe("<@/a> 11");
        client.receive("@/a", "x");
        client.disconnect();
        RawClient again = bench.keep(5, "c", true);
        again.subscribe("<@/a> 11");
        again.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.1-11")
    void retainHandling2IsForNone() {
        RawClient sender = bench.connect(5, "s");
        sender.publish(1, true, "@/a", "stored");
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 21");
        client.subscribe("<@/a> 21");
        client.expectQuiet();
        sender.publish(1, true, "@/a", "live");
        client.receive("@/a", "live");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.3.1-6")
    void aWildcardBringsWhatEachTopicRetained(int level) {
        RawClient sender = bench.connect(level, "s");
        Set<String> topics = new TreeSet<>();
        for (String topic : new String[] {"@/a", "@/b", "@/a/1", "@/a/2", "@"}) {
            sender.publish(1, true, topic, "x");
            topics.add(topic.replace("@", bench.name()));
        }
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/#> 01");
        Set<String> seen = new TreeSet<>();
        while (seen.size() < topics.size()) {
            Incoming message = client.next();
            client.acknowledge(message);
            seen.add(message.topic());
        }
        assertThat(seen).isEqualTo(topics);
        client.expectQuiet();
        client.subscribe("<@/+> 01");
        assertThat(Set.of(client.next().topic(), client.next().topic()))
                .containsExactlyInAnyOrder(bench.name() + "/a", bench.name() + "/b");
        client.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-5")
    void aRetainedMessageExpires() {
        RawClient sender = bench.connect(5, "s");
        sender.send("33[<@/a> 0001 [02 00000001] 'short']").await(Incoming.PUBACK);
        sender.send("33[<@/b> 0001 [02 0000003C] 'long']").await(Incoming.PUBACK);
        bench.letASecondExpire();
        bench.expectRetained(5, "@/a");
        bench.expectRetained(5, "@/b", "long");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.2-17")
    void whatIsRetainedKeepsItsProperties() {
        bench.connect(5, "s")
                .send("33[<@/a> 0001 [26 <k> <2> 26 <k> <1> 03 <text/plain>] 'x']")
                .await(Incoming.PUBACK);
        RawClient client = bench.connect(5, "c");
        client.subscribe("<@/a> 00");
        client.expect(
                "31[<@/a> [03 <text/plain> 26 <k> <2> 26 <k> <1>] 'x']",
                "31[<@/a> [26 <k> <2> 26 <k> <1> 03 <text/plain>] 'x']");
    }

    @Test
    void aSharedSubscriptionBringsNothingFromTheStore() {
        bench.connect(5, "s").publish(1, true, "@/a", "x");
        RawClient client = bench.connect(5, "c");
        client.subscribe("<$share/@/@/a> 01");
        client.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.3.1-5")
    @Statement(version = 5, value = "MQTT-3.3.1-5")
    void aRestartKeepsWhatIsRetained(int level) {
        assumeTrue(bench.server().restarts());
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, true, "@/a", "kept");
        sender.publish(1, true, "@/b", "cleared");
        sender.publish(1, true, "@/b", "");
        bench.restart();
        bench.expectRetained(level, "@/a", "kept");
        bench.expectRetained(level, "@/b");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whatMayNotBePublishedIsNotRetained(int level) {
        RawClient sender = bench.connect(level, "s");
        sender.send("31[<denied/@> {00} 'x'] C000").expect("D000");
        RawClient client = bench.connect(level, "c");
        client.subscribe("<+/@> 01");
        client.expectQuiet();
    }
}
