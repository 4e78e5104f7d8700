package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.PUBACK;
import static io.dinrail.broker.internal.conformance.Incoming.PUBCOMP;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREC;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was under way when a connection broke, and when the server was restarted. */
class RedeliveryTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource({"4,1", "4,2", "5,1", "5,2"})
    @Statement(
            version = 4,
            value = {"MQTT-2.3.1-4", "MQTT-3.3.1-1", "MQTT-4.4.0-1", "MQTT-4.3.2-1", "MQTT-4.3.3-1", "MQTT-4.1.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.1-1", "MQTT-4.3.2-3", "MQTT-4.3.3-3", "MQTT-4.4.0-1", "MQTT-4.1.0-1"})
    void whatWasNotAcknowledgedComesAgainWithItsIdentifier(int level, int qos) {
        RawClient receiver = bench.keep(level, "r", false);
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(level, "s");
        sender.publish(qos, "@/a", "one");
        sender.publish(qos, "@/a", "two");
        Incoming one = receiver.message("@/a", "one");
        Incoming two = receiver.message("@/a", "two");
        receiver.close();
        sender.publish(qos, "@/a", "three");
        for (int i = 0; i < 2; i++) {
            RawClient again = bench.keep(level, "r", true);
            assertSentAgain(one, again.message("@/a", "one"));
            assertSentAgain(two, again.message("@/a", "two"));
            again.message("@/a", "three");
            again.close();
        }
        RawClient last = bench.keep(level, "r", true);
        last.receive("@/a", "one");
        last.receive("@/a", "two");
        last.receive("@/a", "three");
        last.expectQuiet();
    }

    private static void assertSentAgain(Incoming first, Incoming again) {
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.qos()).isEqualTo(first.qos());
        assertThat(again.dup()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-4.3.3-1", "MQTT-4.4.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-4.3.3-5", "MQTT-4.3.3-6", "MQTT-4.4.0-1"})
    void aReleaseThatWasNotAnsweredComesAgainAndTheMessageDoesNot(int level) {
        RawClient receiver = bench.keep(level, "r", false);
        receiver.subscribe("<@/a> 02");
        bench.connect(level, "s").publish(2, "@/a", "x");
        String id = String.format("%04X", receiver.message("@/a", "x").id());
        receiver.send("50[" + id + "]").await(PUBREL);
        receiver.close();
        RawClient again = bench.keep(level, "r", true);
        Incoming release = again.next();
        assertThat(release.type()).isEqualTo(PUBREL);
        assertThat(String.format("%04X", release.id())).isEqualTo(id);
        again.send("70[" + id + "]").expectQuiet();
        again.disconnect();
        bench.keep(level, "r", true).expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.3.3-2")
    @Statement(
            version = 5,
            value = {"MQTT-4.3.3-10", "MQTT-4.3.3-11"})
    void aPublisherThatComesBackIsNotHeardTwice(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 00");
        RawClient sender = bench.keep(level, "s", false);
        sender.send("34[<@/a> 0007 {00} 'x']").expectAnswer(PUBREC, 7, 0);
        sender.close();
        RawClient again = bench.keep(level, "s", true);
        again.send("3C[<@/a> 0007 {00} 'x']").expectAnswer(PUBREC, 7, 0);
        again.send("62[0007]").expectAnswer(PUBCOMP, 7, 0);
        receiver.receive("@/a", "x");
        receiver.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.3.3-2")
    @Statement(version = 5, value = "MQTT-4.3.3-12")
    void aPublisherWithANewSessionIsHeardAnew(int level) {
        RawClient receiver = bench.connect(level, "r");
        receiver.subscribe("<@/a> 00");
        bench.connect(level, "s").send("34[<@/a> 0007 {00} 'x']").expectAnswer(PUBREC, 7, 0);
        RawClient again = bench.connect(level, "s");
        again.send("34[<@/a> 0007 {00} 'y']").expectAnswer(PUBREC, 7, 0);
        again.send("62[0007]").expectAnswer(PUBCOMP, 7, 0);
        // The first message may have been passed on before its release, which never came.
        Incoming first = receiver.next();
        assertThat((first.payload().equals("x") ? receiver.next() : first).payload())
                .isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Statement(
            version = 5,
            value = {"MQTT-4.3.3-7", "MQTT-3.3.2-5"})
    void whatWasSentDoesNotExpireAnyMore(int qos) {
        RawClient receiver = bench.open(5).send("10[<MQTT> 05 00 0000 [11 0000003C 21 0001] <@r>]");
        bench.forget("r");
        receiver.expectConnack(false, 0);
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(5, "s");
        String first = qos == 1 ? "32" : "34";
        sender.send(first + "[<@/a> 0001 [02 00000001] 'sent'] " + first + "[<@/a> 0002 [02 00000001] 'waits']");
        if (qos == 2) {
            sender.send("62[0001] 62[0002]");
        }
        int id = receiver.message("@/a", "sent").id();
        receiver.close();
        bench.letASecondExpire();
        RawClient again = bench.keep(5, "r", true);
        assertThat(again.receive("@/a", "sent").id()).isEqualTo(id);
        again.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.3.3-13")
    void anExchangeIsCompletedAlsoWhereTheMessageExpired() {
        RawClient sender = bench.connect(5, "s");
        sender.send("34[<@/a> 0001 [02 00000001] 'x']").expectAnswer(PUBREC, 1, 0);
        bench.letASecondExpire();
        sender.send("62[0001]").expectAnswer(PUBCOMP, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.4-2", "MQTT-4.4.0-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.4-3", "MQTT-4.4.0-1"})
    void whoTakesTheSessionOverGetsWhatIsUnderWay(int level) {
        RawClient older = bench.keep(level, "r", false);
        older.subscribe("<@/a> 01");
        RawClient sender = bench.connect(level, "s");
        sender.publish(1, "@/a", "one");
        int id = older.message("@/a", "one").id();
        RawClient newer = bench.keep(level, "r", true);
        older.expectClosed(0x8E);
        assertThat(newer.receive("@/a", "one").id()).isEqualTo(id);
        sender.publish(1, "@/a", "two");
        newer.receive("@/a", "two");
        newer.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4,1", "4,2", "5,1", "5,2"})
    @Statement(version = 4, value = "MQTT-4.1.0-1")
    @Statement(version = 5, value = "MQTT-3.1.2-23")
    void aRestartLosesNothingOfASession(int level, int qos) {
        assumeTrue(bench.server().restarts());
        RawClient receiver = bench.keep(level, "r", false);
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.keep(level, "s", false);
        sender.publish(qos, "@/a", "sent");
        Incoming sent = receiver.message("@/a", "sent");
        receiver.close();
        sender.publish(qos, "@/a", "waits");
        sender.close();
        bench.restart();
        RawClient again = bench.keep(level, "r", true);
        assertSentAgain(sent, again.message("@/a", "sent"));
        again.acknowledge(sent);
        again.receive("@/a", "waits");
        bench.keep(level, "s", true).publish(qos, "@/a", "after");
        again.receive("@/a", "after");
        again.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-4.3.3-2")
    @Statement(version = 5, value = "MQTT-4.3.3-10")
    void aRestartMakesNobodyHearTwice(int level) {
        assumeTrue(bench.server().restarts());
        RawClient receiver = bench.keep(level, "r", false);
        receiver.subscribe("<@/a> 01");
        RawClient sender = bench.keep(level, "s", false);
        sender.send("34[<@/a> 0007 {00} 'x']").expectAnswer(PUBREC, 7, 0);
        sender.close();
        receiver.close();
        bench.restart();
        RawClient again = bench.keep(level, "s", true);
        again.send("3C[<@/a> 0007 {00} 'x']").expectAnswer(PUBREC, 7, 0);
        again.send("62[0007]").expectAnswer(PUBCOMP, 7, 0);
        again.send("32[<@/a> 0008 {00} 'y']").expectAnswer(PUBACK, 8, 0);
        RawClient receives = bench.keep(level, "r", true);
        receives.receive("@/a", "x");
        receives.receive("@/a", "y");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aRestartSendsAReleaseAgain(int level) {
        assumeTrue(bench.server().restarts());
        RawClient receiver = bench.keep(level, "r", false);
        receiver.subscribe("<@/a> 02");
        bench.connect(level, "s").publish(2, "@/a", "x");
        String id = String.format("%04X", receiver.message("@/a", "x").id());
        receiver.send("50[" + id + "]").await(PUBREL);
        receiver.close();
        bench.restart();
        RawClient again = bench.keep(level, "r", true);
        assertThat(again.next().type()).isEqualTo(PUBREL);
        again.send("70[" + id + "]").expectQuiet();
    }
}
