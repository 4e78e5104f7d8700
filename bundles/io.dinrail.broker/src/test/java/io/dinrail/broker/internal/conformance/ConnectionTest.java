package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.CONNACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.0-1", "MQTT-3.1.4-4", "MQTT-3.2.0-1", "MQTT-7.0.0-2", "MQTT-7.1.1-1"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.0-1", "MQTT-3.1.4-5", "MQTT-3.2.0-1", "MQTT-3.2.0-2", "MQTT-3.2.2-1", "MQTT-4.2.0-1"})
    void whoConnectsIsAcceptedBeforeAllElse(int level) {
        RawClient client = bench.open(level)
                .send("10[<MQTT> (04){05} 02 0000 {00} <@c>] 82[0001 {00} <@/a> 00] C000 30[<@/a> {00} 'hello']");
        client.expectConnack(false, 0);
        client.expect("90[0001 {00} 00]");
        client.expect("D000");
        client.expect("30[<@/a> {00} 'hello']");
        client.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.0-1")
    @Statement(
            version = 5,
            value = {"MQTT-3.1.0-1", "MQTT-3.14.0-1"})
    void whatComesBeforeConnectIsNotAnswered(int level) {
        bench.open(level).send("C000").expectClosed();
        bench.open(level).send("82[0001 {00} <@/a> 00]").expectClosed();
        bench.open(level).send("30[<@/a> {00} 'hello']").expectClosed();
        bench.open(level).send("20[00 00 {00}]").expectClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.0-2")
    @Statement(
            version = 5,
            value = {"MQTT-3.1.0-2", "MQTT-3.2.0-2", "MQTT-4.13.1-1"})
    void aSecondConnectEndsTheConnection(int level) {
        RawClient client = bench.connect(level, "c");
        client.send("10[<MQTT> (04){05} 02 0000 {00} <@c>]").expectClosed(0x82);
    }

    @ParameterizedTest
    @CsvSource({"4, 0123456789abcdefghijklm", "5, 0123456789abcdefghijklm", "4, NOPQRSTUVWXYZnopqrstuvw", "5, x"})
    @Statement(version = 4, value = "MQTT-3.1.3-5")
    @Statement(version = 5, value = "MQTT-3.1.3-5")
    void lettersAndDigitsMakeAClientId(int level, String id) {
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} 02 0000 {00} <" + id + ">]");
        client.expectConnack(false, 0);
        client.expectQuiet();
    }

    @Test
    @Statement(version = 4, value = "MQTT-3.1.3-6")
    void whoHasNoClientIdIsServedIn311() {
        RawClient one = bench.open(4).send("10[<MQTT> 04 02 0000 <>]");
        one.expectConnack(false, 0);
        RawClient two = bench.open(4).send("10[<MQTT> 04 02 0000 <>]");
        two.expectConnack(false, 0);
        one.expectQuiet();
    }

    @Test
    @Statement(
            version = 5,
            value = {"MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16"})
    void whoHasNoClientIdGetsOneThatIsGoodForItsSession() {
        RawClient one = bench.open(5).send("10[<MQTT> 05 00 0000 [11 0000003C] <>]");
        String first = one.expectConnack(false, 0).extras().text(0x12);
        RawClient two = bench.open(5).send("10[<MQTT> 05 02 0000 00 <>]");
        assertThat(two.expectConnack(false, 0).extras().text(0x12))
                .isNotEqualTo(first)
                .isNotEmpty();
        one.disconnect();
        RawClient again = bench.open(5).send("10[<MQTT> 05 00 0000 00 <" + first + ">]");
        assertThat(again.expectConnack(true, 0).extras().has(0x12)).isFalse();
    }

    @Test
    @Statement(
            version = 4,
            value = {"MQTT-3.1.3-8", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    void in311WhoHasNoClientIdCannotKeepASession() {
        RawClient client = bench.open(4).send("10[<MQTT> 04 00 0000 <>]");
        client.expect("20 02 00 02");
        client.expectClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.3-9", "MQTT-3.2.2-4", "MQTT-3.2.2-5"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.3-8", "MQTT-3.1.4-2", "MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-4.13.2-1"})
    void aClientIdThatMayNotBeUsedIsRefused(int level) {
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} 02 0000 {00} <somebody-elses>]");
        client.expectConnack(false, level == 5 ? 0x85 : 2);
        client.expectClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void theRightPasswordIsAccepted(int level) {
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} C2 0000 {00} <@c> <login> <secret>]");
        client.expectConnack(false, 0);
        client.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4, login", "5, login", "4, nobody", "5, nobody"})
    @Statement(
            version = 4,
            value = {"MQTT-3.2.2-4", "MQTT-3.2.2-5", "MQTT-3.1.4-5"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.4-2", "MQTT-3.1.4-6", "MQTT-3.2.2-6", "MQTT-3.2.2-7", "MQTT-4.13.2-1"})
    void aWrongPasswordIsRefusedAndWhatFollowsIsNotProcessed(int level, String user) {
        RawClient watcher = bench.connect(5, "watcher");
        watcher.subscribe("<@/a> 01");
        RawClient client = bench.open(level)
                .send("10[<MQTT> (04){05} C2 0000 {00} <@c> <" + user + "> <wrong>] 30[<@/a> {00} 'x'] C000");
        Incoming connack = client.next();
        assertThat(connack.type()).isEqualTo(CONNACK);
        assertThat(connack.code()).isIn(level == 5 ? new Object[] {0x86, 0x87} : new Object[] {4, 5});
        assertThat(connack.bytes()[2]).isZero();
        client.expectClosed();
        watcher.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "06", "7F", "FF"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-2", "MQTT-3.2.2-5"})
    @Statement(version = 5, value = "MQTT-3.1.2-2")
    void anUnknownLevelIsAnsweredAsSuch(String other) {
        RawClient client = bench.open(4).send("10[<MQTT> " + other + " 02 0000 00 <@c>]");
        assertThat(client.next().toString()).startsWith("20 0").containsPattern("^20 (02 00 01|03 00 84 00)");
        client.expectClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "MQTT5", "AMQP", ""})
    @Statement(version = 4, value = "MQTT-3.1.2-1")
    @Statement(version = 5, value = "MQTT-3.1.2-1")
    void anotherProtocolIsNotServed(String protocol) {
        RawClient client = bench.open(5).send("10[<" + protocol + "> 05 02 0000 00 <@c>] C000");
        client.expectEnd(CONNACK);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.12.4-1")
    @Statement(version = 5, value = "MQTT-3.12.4-1")
    void aPingIsAnswered(int level) {
        RawClient client = bench.connect(level, "c");
        client.send("C000 C000 C000");
        client.expect("D000");
        client.expect("D000");
        client.expect("D000");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.2-24")
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-22", "MQTT-3.2.2-22"})
    void whoIsSilentForLongerThanItsKeepAliveIsDisconnected(int level) {
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} 02 0001 {00} <@c>]");
        client.expectConnack(false, 0);
        long start = System.nanoTime();
        client.expectClosed(0x8D);
        Duration silence = Duration.ofNanos(System.nanoTime() - start);
        assertThat(silence).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(3_500));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whoPingsIsNotDisconnected(int level) {
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} 02 0001 {00} <@c>]");
        client.expectConnack(false, 0);
        for (int i = 0; i < 4; i++) {
            client.expectQuiet(700);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.4-2")
    @Statement(
            version = 5,
            value = {"MQTT-3.1.4-3", "MQTT-4.13.2-1"})
    void theSameClientIdAgainEndsTheOlderConnection(int level) {
        RawClient older = bench.connect(level, "c");
        RawClient newer = bench.connect(level, "c");
        older.expectClosed(0x8E);
        newer.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "5, 4"})
    @Statement(version = 4, value = "MQTT-3.1.4-2")
    @Statement(version = 5, value = "MQTT-3.1.4-3")
    void versionsTakeOverFromEachOther(int one, int other) {
        RawClient older = bench.connect(one, "c");
        RawClient newer = bench.connect(other, "c");
        older.expectClosed(0x8E);
        newer.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 5,
            value = {"MQTT-3.14.4-1", "MQTT-3.14.4-2"})
    void whatFollowsDisconnectIsNotProcessed(int level) {
        RawClient watcher = bench.connect(level, "watcher");
        watcher.subscribe("<@/a> 00");
        RawClient client = bench.connect(level, "c");
        client.send("E000 30[<@/a> {00} 'x'] C000").expectClosed();
        watcher.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aPacketMayComeByteByByte(int level) {
        RawClient client = bench.open(level);
        for (byte b : io.dinrail.broker.internal.protocol.Notation.bytes(
                "10[<MQTT> (04){05} 02 0000 {00} <" + bench.name() + "c>] C000", level)) {
            client.send(new byte[] {b});
        }
        client.expectConnack(false, 0);
        client.expect("D000");
    }
}
