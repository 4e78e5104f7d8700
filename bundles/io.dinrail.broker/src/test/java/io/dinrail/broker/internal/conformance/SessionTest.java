package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.PUBCOMP;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREC;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What outlives a connection, and for how long. */
class SessionTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-4", "MQTT-3.1.3-2", "MQTT-3.1.4-3", "MQTT-3.2.2-2", "MQTT-3.2.2-3"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-5", "MQTT-3.1.2-6", "MQTT-3.1.2-23", "MQTT-3.1.3-2", "MQTT-3.1.4-4", "MQTT-3.2.2-3"})
    void aSessionIsTakenUpByItsClientId(int level) {
        RawClient client = bench.keep(level, "c", false);
        client.subscribe("<@/a> 01");
        client.disconnect();
        bench.keep(level, "other", false).disconnect();
        RawClient again = bench.keep(level, "c", true);
        again.publish(1, "@/a", "still subscribed");
        again.receive("@/a", "still subscribed");
    }

    @ParameterizedTest
    @CsvSource({"4,1", "4,2", "5,1", "5,2"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-5", "MQTT-4.1.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-23", "MQTT-4.1.0-1", "MQTT-4.6.0-5"})
    void whatComesMeanwhileWaitsInItsOrder(int level, int qos) {
        RawClient client = bench.keep(level, "c", false);
        client.subscribe("<@/a> 0" + qos);
        client.close();
        RawClient sender = bench.connect(level, "s");
        for (int i = 0; i < 40; i++) {
            sender.publish(qos, "@/a", "m" + i);
        }
        RawClient again = bench.keep(level, "c", true);
        for (int i = 0; i < 40; i++) {
            again.receive("@/a", "m" + i);
        }
        again.disconnect();
        bench.keep(level, "c", true).expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-6", "MQTT-3.1.4-3", "MQTT-3.2.2-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-4", "MQTT-3.1.4-4", "MQTT-3.2.2-2"})
    void aCleanStartDropsTheSession(int level) {
        RawClient client = bench.keep(level, "c", false);
        client.subscribe("<@/a> 01");
        client.close();
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, "@/a", "dropped");
        RawClient anew = bench.connect(level, "c");
        sender.publish(1, "@/a", "not subscribed");
        anew.expectQuiet();
        anew.disconnect();
        bench.keep(level, "c", false).expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-6", "MQTT-3.2.2-3"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-6", "MQTT-4.1.0-2"})
    void aCleanSessionEndsWithItsConnection(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 01");
        client.disconnect();
        bench.connect(level, "s").publish(1, "@/a", "for nobody");
        bench.keep(level, "c", false).expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11 00000000"})
    @Statement(version = 5, value = "MQTT-4.1.0-2")
    void withoutAnExpiryASessionEndsWithItsConnection(String expiry) {
        RawClient client = bench.open(5).send("10[<MQTT> 05 00 0000 [" + expiry + "] <@c>]");
        client.expectConnack(false, 0);
        client.subscribe("<@/a> 01");
        client.close();
        bench.keep(5, "c", false);
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.1.0-2")
    void aSessionEndsWhenItsExpiryIsOver() {
        RawClient watcher = bench.connect(5, "watcher");
        watcher.subscribe("<@/will> 00");
        RawClient client =
                bench.open(5).send("10[<MQTT> 05 04 0000 [11 00000001] <@c> [18 0000003C] <@/will> <session over>]");
        client.expectConnack(false, 0);
        client.close();
        watcher.receive("@/will", "session over");
        bench.keep(5, "c", false);
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.1.0-1")
    void aSessionDoesNotEndWhileItIsConnected() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 [11 00000001] <@c>]");
        client.expectConnack(false, 0);
        client.subscribe("<@/a> 01");
        bench.letASecondExpire();
        client.publish(1, "@/a", "x");
        client.receive("@/a", "x");
        RawClient again = bench.open(5).send("10[<MQTT> 05 00 0000 00 <@c>]");
        again.expectConnack(true, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.1.0-2")
    @Statement(version = 5, value = "MQTT-4.1.0-1")
    void stateOfACleanSessionLastsAsLongAsTheConnection(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 01");
        client.send("34[<@/b> 0001 {00} 'x']").expectAnswer(PUBREC, 1, 0);
        bench.connect(level, "s").publish(1, "@/a", "y");
        Incoming message = client.message("@/a", "y");
        client.expectQuiet();
        client.send("62[0001]").expectAnswer(PUBCOMP, 1, 0);
        client.acknowledge(message);
        client.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-23")
    void theExpiryCanBeChangedAtTheEnd() {
        bench.keep(5, "c", false).send("E0[00 [11 00000000]]").expectClosed();
        RawClient client = bench.open(5).send("10[<MQTT> 05 00 0000 [11 00000001] <@c>]");
        client.expectConnack(false, 0);
        client.send("E0[00 [11 0000003C]]").expectClosed();
        bench.letASecondExpire();
        bench.keep(5, "c", true);
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.13.1-1")
    void anExpiryThatWas0StaysSo() {
        RawClient client = bench.connect(5, "c");
        client.send("E0[00 [11 0000003C]]").expectClosed(0x82);
        bench.keep(5, "c", false);
    }

    @Test
    void theLongestExpiryIsTaken() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 00 0000 [11 FFFFFFFF] <@c>]");
        bench.forget("c");
        client.expectConnack(false, 0);
        client.disconnect();
        bench.keep(5, "c", true);
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "5, 4"})
    void aSessionIsTheSameInBothVersions(int one, int other) {
        RawClient client = bench.keep(one, "c", false);
        client.subscribe("<@/a> 01");
        client.disconnect();
        bench.connect(one, "s").publish(1, "@/a", "x");
        bench.keep(other, "c", true).receive("@/a", "x");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.2-7")
    void retainedMessagesOutliveTheSession(int level) {
        RawClient client = bench.connect(level, "c");
        client.publish(1, true, "@/a", "stays");
        client.disconnect();
        bench.expectRetained(level, "@/a", "stays");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whatWasUnsubscribedStaysSo(int level) {
        RawClient client = bench.keep(level, "c", false);
        client.subscribe("<@/a> 01 <@/b> 01");
        client.send("A2[0001 {00} <@/a>]").await(Incoming.UNSUBACK);
        client.disconnect();
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, "@/a", "x");
        sender.publish(1, "@/b", "y");
        RawClient again = bench.keep(level, "c", true);
        again.receive("@/b", "y");
        again.expectQuiet();
    }
}
