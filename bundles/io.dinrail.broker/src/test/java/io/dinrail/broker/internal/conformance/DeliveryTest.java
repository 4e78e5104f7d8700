package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.PUBACK;
import static io.dinrail.broker.internal.conformance.Incoming.PUBCOMP;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREC;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What publishers are answered and what receivers get, each QoS in both directions, on connections that hold. */
class DeliveryTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource({
        "4,0,0", "4,0,1", "4,0,2", "4,1,0", "4,1,1", "4,1,2", "4,2,0", "4,2,1", "4,2,2",
        "5,0,0", "5,0,1", "5,0,2", "5,1,0", "5,1,1", "5,1,2", "5,2,0", "5,2,1", "5,2,2"
    })
    @Statement(
            version = 4,
            value = {
                "MQTT-2.3.1-4",
                "MQTT-2.3.1-6",
                "MQTT-3.3.2-3",
                "MQTT-3.3.4-1",
                "MQTT-3.8.4-6",
                "MQTT-4.3.1-1",
                "MQTT-4.3.2-1",
                "MQTT-4.3.3-1"
            })
    @Statement(
            version = 5,
            value = {
                "MQTT-2.2.1-4",
                "MQTT-2.2.1-5",
                "MQTT-3.3.2-3",
                "MQTT-3.3.4-1",
                "MQTT-3.8.4-8",
                "MQTT-4.3.1-1",
                "MQTT-4.3.2-2",
                "MQTT-4.3.2-4",
                "MQTT-4.3.3-2",
                "MQTT-4.3.3-4",
                "MQTT-4.3.3-8",
                "MQTT-4.3.3-11"
            })
    void aMessageComesAtTheLowerQos(int level, int published, int granted) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 0" + granted);
        RawClient sender = bench.connect(level, "s");
        sender.publish(published, "@/a", "x");
        Incoming message = receiver.receive("@/a", "x");
        assertThat(message.qos()).isEqualTo(Math.min(published, granted));
        assertThat(message.dup()).isFalse();
        assertThat(message.retain()).isFalse();
        assertThat(message.id() == 0).isEqualTo(message.qos() == 0);
        receiver.expectQuiet();
        sender.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.3.4-1", "MQTT-4.3.2-2", "MQTT-4.3.3-2"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.4-1", "MQTT-3.4.2-1", "MQTT-3.5.2-1", "MQTT-3.7.2-1", "MQTT-4.3.2-4", "MQTT-4.3.3-8"})
    void aPublisherIsAnsweredAlsoWhereNobodyListens(int level) {
        RawClient sender = bench.connect(level, "s");
        sender.send("30[<@/a> {00} 'x'] 32[<@/a> 0007 {00} 'x'] 34[<@/a> 0008 {00} 'x']");
        sender.expectAnswer(PUBACK, 7, 0);
        sender.expectAnswer(PUBREC, 8, 0);
        sender.send("62[0008]").expectAnswer(PUBCOMP, 8, 0);
        sender.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-4.3.2-2", "MQTT-3.3.1-3"})
    @Statement(
            version = 5,
            value = {"MQTT-4.3.2-5", "MQTT-3.3.1-3"})
    void atQos1AnIdentifierThatWasAcknowledgedIsANewMessageEvenWithDup(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 01");
        RawClient sender = bench.connect(level, "s");
        sender.send("32[<@/a> 0007 {00} 'one']").expectAnswer(PUBACK, 7, 0);
        sender.send("3A[<@/a> 0007 {00} 'two']").expectAnswer(PUBACK, 7, 0);
        assertThat(receiver.receive("@/a", "one").dup()).isFalse();
        assertThat(receiver.receive("@/a", "two").dup()).isFalse();
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.3.3-2")
    @Statement(
            version = 5,
            value = {"MQTT-4.3.3-10", "MQTT-4.3.3-11", "MQTT-4.3.3-12"})
    void atQos2AnIdentifierIsTheSameMessageUntilItsRelease(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 00");
        RawClient sender = bench.connect(level, "s");
        sender.send("34[<@/a> 0007 {00} 'one']").expectAnswer(PUBREC, 7, 0);
        sender.send("3C[<@/a> 0007 {00} 'one']").expectAnswer(PUBREC, 7, 0);
        sender.send("34[<@/a> 0007 {00} 'one']").expectAnswer(PUBREC, 7, 0);
        sender.send("62[0007]").expectAnswer(PUBCOMP, 7, 0);
        sender.send("34[<@/a> 0007 {00} 'two']").expectAnswer(PUBREC, 7, 0);
        sender.send("62[0007]").expectAnswer(PUBCOMP, 7, 0);
        receiver.message("@/a", "one");
        receiver.message("@/a", "two");
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aReleaseOfNothingIsAnsweredToo(int level) {
        RawClient sender = bench.connect(level, "s");
        Incoming answer = sender.send("62[0063]").next();
        assertThat(answer.type()).isEqualTo(PUBCOMP);
        assertThat(answer.id()).isEqualTo(0x63);
        assertThat(answer.code()).isIn(0, 0x92);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-2.3.1-4", "MQTT-4.3.2-1", "MQTT-4.4.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-2.2.1-4", "MQTT-4.3.2-1", "MQTT-4.3.2-3", "MQTT-4.3.3-1", "MQTT-4.3.3-3", "MQTT-4.4.0-1"})
    void whatIsInFlightKeepsItsIdentifierAndIsNotSentAgainMeanwhile(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(level, "s");
        java.util.Set<Integer> inFlight = new java.util.HashSet<>();
        for (int i = 0; i < 6; i++) {
            sender.publish(1 + i % 2, "@/a", "m" + i);
            Incoming message = receiver.message("@/a", "m" + i);
            assertThat(inFlight.add(message.id()))
                    .as("identifier of %s is free", message)
                    .isTrue();
            if (i == 2) {
                receiver.acknowledge(message);
                inFlight.remove(message.id());
            }
        }
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.3.3-1")
    @Statement(
            version = 5,
            value = {"MQTT-3.6.2-1", "MQTT-4.3.3-4", "MQTT-4.3.3-5"})
    void atQos2TheReceiverIsReleasedOnceItHasTheMessage(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 02");
        bench.connect(level, "s").publish(2, "@/a", "x");
        String id = String.format("%04X", receiver.message("@/a", "x").id());
        receiver.send("50[" + id + "]");
        assertThat(receiver.next().type()).isEqualTo(PUBREL);
        receiver.expectQuiet();
        receiver.send("70[" + id + "]").expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void bothDirectionsHaveIdentifiersOfTheirOwn(int level) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 02");
        bench.connect(level, "s").publish(2, "@/a", "x");
        String id = String.format("%04X", client.message("@/a", "x").id());
        client.send("34[<@/b> " + id + "{00} 'y'] 50[" + id + "]");
        assertThat(client.next().type()).isEqualTo(PUBREC);
        assertThat(client.next().type()).isEqualTo(PUBREL);
        client.send("62[" + id + "] 70[" + id + "]");
        assertThat(client.next().type()).isEqualTo(PUBCOMP);
        client.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4,0", "4,1", "4,2", "5,0", "5,1", "5,2"})
    @Statement(
            version = 4,
            value = {"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    @Statement(
            version = 5,
            value = {"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    void messagesComeInTheOrderInWhichTheyWereSent(int level, int qos) {
        RawClient one = bench.connect(level, "r1");
        one.subscribe("<@/#> 02");
        RawClient two = bench.connect(level, "r2");
        two.subscribe("<@/a> 0" + qos);
        RawClient sender = bench.connect(level, "s");
        for (int i = 0; i < 50; i++) {
            sender.publish(qos, "@/a", "m" + i);
        }
        for (int i = 0; i < 50; i++) {
            one.receive("@/a", "m" + i);
            two.receive("@/a", "m" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.5.0-1")
    @Statement(version = 5, value = "MQTT-4.5.0-1")
    void everySessionWithAMatchingSubscriptionGetsTheMessage(int level) {
        RawClient one = bench.connect(level, "r1");
        one.subscribe("<@/a> 01");
        RawClient two = bench.connect(9 - level, "r2");
        two.subscribe("<@/+> 01");
        RawClient away = bench.keep(level, "r3", false);
        away.subscribe("<@/#> 01");
        away.disconnect();
        bench.connect(level, "s").publish(1, "@/a", "x");
        one.receive("@/a", "x");
        two.receive("@/a", "x");
        bench.keep(level, "r3", true).receive("@/a", "x");
    }

    @ParameterizedTest
    @CsvSource({"4,0", "4,65000", "5,0", "5,65000"})
    void payloadsMayBeEmptyOrLarge(int level, int length) {
        RawClient client = bench.connect(level, "c");
        client.subscribe("<@/a> 01");
        client.publish(1, "@/a", "p".repeat(length));
        client.receive("@/a", "p".repeat(length));
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.3.5-2", "MQTT-4.3.2-2", "MQTT-4.3.3-2"})
    void in311WhatMayNotBePublishedIsAcknowledgedAndGoesNowhere() {
        RawClient receiver = bench.connect(4, "r");
        receiver.subscribe("<+/@> 01");
        RawClient sender = bench.connect(4, "s");
        sender.send("30[<denied/@> 'x'] 32[<denied/@> 0007 'x']").expectAnswer(PUBACK, 7, 0);
        sender.send("34[<denied/@> 0008 'x']").expectAnswer(PUBREC, 8, 0);
        sender.send("62[0008]").expectAnswer(PUBCOMP, 8, 0);
        receiver.expectQuiet();
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.4.2-1", "MQTT-3.5.2-1", "MQTT-4.3.3-9"})
    void in5WhatMayNotBePublishedIsRefused() {
        RawClient receiver = bench.connect(5, "r");
        receiver.subscribe("<+/@> 01");
        RawClient sender = bench.connect(5, "s");
        sender.send("30[<denied/@> 00 'x'] 32[<denied/@> 0007 00 'x']").expectAnswer(PUBACK, 7, 0x87);
        sender.send("34[<denied/@> 0008 00 'x']").expectAnswer(PUBREC, 8, 0x87);
        sender.send("34[<allowed/@> 0008 00 'y']").expectAnswer(PUBREC, 8, 0);
        sender.send("62[0008]").expectAnswer(PUBCOMP, 8, 0);
        receiver.receive("allowed/@", "y");
        receiver.expectQuiet();
    }
}
