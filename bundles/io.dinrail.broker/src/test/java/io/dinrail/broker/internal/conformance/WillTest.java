package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dinrail.broker.internal.protocol.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WillTest {
    @RegisterExtension
    final Bench bench = new Bench();

    /** Somebody with a will: the flags are those of CONNECT, the keep alive is a second. */
    private RawClient testator(int level, String flags, String properties) {
        RawClient client = bench.open(level)
                .send("10[<MQTT> (04){05} " + flags + " 0001 {00} <@c> {[" + properties + "]} <@/will> <gone>]");
        client.expectConnack(false, 0);
        return client;
    }

    private RawClient watcher(int level) {
        RawClient watcher = bench.connect(level, "watcher");
        watcher.subscribe(level == 5 ? "<@/will> 0A" : "<@/will> 02");
        return watcher;
    }

    @ParameterizedTest
    @CsvSource({"4,06,0", "4,0E,1", "4,16,2", "5,06,0", "5,0E,1", "5,16,2"})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-8", "MQTT-3.1.2-9", "MQTT-3.1.2-16"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-7", "MQTT-3.1.2-8", "MQTT-3.1.2-14"})
    void aLostConnectionPublishesTheWill(int level, String flags, int qos) {
        RawClient watcher = watcher(level);
        RawClient client = testator(level, flags, "");
        watcher.expectQuiet();
        client.close();
        Incoming will = watcher.receive("@/will", "gone");
        assertThat(will.qos()).isEqualTo(qos);
        assertThat(will.retain()).isFalse();
        watcher.expectQuiet();
        bench.expectRetained(level, "@/will");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.2-17")
    @Statement(version = 5, value = "MQTT-3.1.2-15")
    void aWillMayBeRetained(int level) {
        RawClient watcher = watcher(level);
        testator(level, "2E", "").close();
        assertThat(watcher.receive("@/will", "gone").retain()).isEqualTo(level == 5);
        bench.expectRetained(level, "@/will", "gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.4-3"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-8", "MQTT-3.1.2-10", "MQTT-3.14.4-3"})
    void whoSaysGoodbyeHasNoWill(int level) {
        RawClient watcher = watcher(level);
        testator(level, "06", "").disconnect();
        watcher.expectQuiet();
        bench.connect(level, "c").close();
        watcher.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.14.4-3")
    void goodbyeInFullIsTheSame() {
        RawClient watcher = watcher(5);
        testator(5, "06", "").send("E0[00 00]").expectClosed();
        watcher.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "80", "81"})
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void goodbyeWithAnotherReasonPublishesTheWill(String reason) {
        RawClient watcher = watcher(5);
        testator(5, "06", "").send("E0[" + reason + "]").expectClosed();
        watcher.receive("@/will", "gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.2-8")
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void aViolationPublishesTheWill(int level) {
        RawClient watcher = watcher(level);
        testator(level, "06", "").send("36[<@/a> 0001 {00} 'x']").expectClosed(0x81);
        watcher.receive("@/will", "gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-8", "MQTT-3.1.2-24"})
    @Statement(
            version = 5,
            value = {"MQTT-3.1.2-8", "MQTT-3.1.2-22"})
    void silencePublishesTheWill(int level) {
        RawClient watcher = watcher(level);
        RawClient client = testator(level, "06", "");
        watcher.receive("@/will", "gone");
        client.expectClosed(0x8D);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.2-8")
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void whoIsTakenOverHasItsWillPublished(int level) {
        RawClient watcher = watcher(level);
        testator(level, "06", "");
        bench.connect(level, "c");
        watcher.receive("@/will", "gone");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(
            version = 4,
            value = {"MQTT-3.1.2-10", "MQTT-3.1.2-12"})
    @Statement(version = 5, value = "MQTT-3.1.2-10")
    void aWillIsPublishedOnce(int level) {
        RawClient watcher = watcher(level);
        testator(level, "06", "").close();
        watcher.receive("@/will", "gone");
        bench.connect(level, "c").close();
        bench.connect(level, "c").expectQuiet();
        watcher.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    @Statement(version = 4, value = "MQTT-3.1.4-5")
    @Statement(version = 5, value = "MQTT-3.1.4-6")
    void whoWasRefusedHasNoWill(int level) {
        RawClient watcher = watcher(level);
        RawClient client =
                bench.open(level).send("10[<MQTT> (04){05} C6 0000 {00} <@c> {00} <@/will> <gone> <login> <wrong>]");
        assertThat(client.next().code()).isNotZero();
        client.expectClosed();
        watcher.expectQuiet();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aWillThatMayNotBePublishedIsNot(int level) {
        RawClient watcher = bench.connect(level, "watcher");
        watcher.subscribe("<+/@> 01");
        RawClient client = bench.open(level).send("10[<MQTT> (04){05} 06 0000 {00} <@c> {00} <denied/@> <gone>]");
        assertThat(client.next().type()).isEqualTo(Incoming.CONNACK);
        client.close();
        bench.connect(level, "c").expectQuiet();
        watcher.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void aWillMayBeDelayed() {
        RawClient watcher = watcher(5);
        RawClient client = delayed("06", "0000003C", "00000001");
        long start = System.nanoTime();
        client.close();
        watcher.expectQuiet(500);
        watcher.receive("@/will", "gone");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.3-9")
    void whoIsBackInTimeHasItsWillNotSent() {
        RawClient watcher = watcher(5);
        delayed("06", "0000003C", "00000001").close();
        RawClient back = bench.keep(5, "c", true);
        bench.letASecondExpire();
        watcher.expectQuiet();
        back.disconnect();
        watcher.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void theEndOfTheSessionPublishesTheWillBeforeItsDelay() {
        RawClient watcher = watcher(5);
        delayed("06", "0000003C", "0000003C").close();
        bench.connect(5, "c");
        watcher.receive("@/will", "gone");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-8")
    void aSessionWithoutExpiryHasNoDelay() {
        RawClient watcher = watcher(5);
        testator(5, "06", "18 0000003C").close();
        watcher.receive("@/will", "gone");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.2-7")
    void aDelayedWillOutlivesARestart() {
        assumeTrue(bench.server().restarts());
        RawClient watcher = bench.keep(5, "w", false);
        watcher.subscribe("<@/will> 01");
        watcher.disconnect();
        delayed("0E", "0000003C", "00000001").close();
        bench.restart();
        bench.keep(5, "w", true).receive("@/will", "gone");
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.1.3-10")
    void thePropertiesOfAWillAreThoseOfTheMessage() {
        RawClient watcher = watcher(5);
        testator(5, "06", "01 01 03 <text/plain> 08 <re/ply> 09 0002 FF00 02 0000003C 26 <k> <2> 26 <a> <1> 26 <k> <1>")
                .close();
        Extras extras = watcher.receive("@/will", "gone").extras();
        assertThat(extras.hex(0x01)).containsExactly("01");
        assertThat(extras.text(0x03)).isEqualTo("text/plain");
        assertThat(extras.text(0x08)).isEqualTo("re/ply");
        assertThat(extras.hex(0x09)).containsExactly("0002FF00");
        assertThat(extras.number(0x02)).isBetween(50L, 60L);
        assertThat(extras.hex(0x26)).containsExactly("00016B000132", "000161000131", "00016B000131");
        assertThat(extras.has(0x18)).isFalse();
    }

    private RawClient delayed(String flags, String expiry, String delay) {
        bench.forget("c");
        RawClient client = bench.open(5)
                .send("10[<MQTT> 05 " + flags + " 0000 [11 " + expiry + "] <@c> [18 " + delay + "] <@/will> <gone>]");
        client.expectConnack(false, 0);
        return client;
    }
}
