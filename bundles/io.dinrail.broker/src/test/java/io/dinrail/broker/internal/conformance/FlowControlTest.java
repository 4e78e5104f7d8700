package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.PUBLISH;
import static io.dinrail.broker.internal.conformance.Incoming.PUBREL;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Notation;
import io.dinrail.broker.internal.protocol.Statement;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many messages are under way at once, in both directions. */
class FlowControlTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Statement(
            version = 5,
            value = {"MQTT-3.3.4-9", "MQTT-3.3.4-10", "MQTT-4.9.0-1", "MQTT-4.9.0-2", "MQTT-4.9.0-3"})
    void noMoreIsUnderWayThanTheReceiverAllows(int qos) {
        RawClient receiver = bench.connectWith("r", "21 0002");
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(5, "s");
        for (int i = 0; i < 5; i++) {
            sender.publish(qos, "@/a", "m" + i);
        }
        Incoming first = receiver.message("@/a", "m0");
        Incoming second = receiver.message("@/a", "m1");
        receiver.expectQuiet();
        receiver.subscribe("<@/b> 00");
        sender.publish(0, "@/a", "unlimited");
        assertThat(receiver.message("@/a", "unlimited").qos()).isZero();
        receiver.publish(1, "@/c", "sends as ever");
        receiver.acknowledge(first);
        Incoming third = receiver.message("@/a", "m2");
        receiver.expectQuiet();
        receiver.acknowledge(second);
        Incoming fourth = receiver.message("@/a", "m3");
        receiver.acknowledge(third);
        receiver.receive("@/a", "m4");
        receiver.acknowledge(fourth);
        receiver.expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-4.9.0-2")
    void atQos2OnlyTheEndOfTheExchangeMakesRoom() {
        RawClient receiver = bench.connectWith("r", "21 0001");
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(5, "s");
        sender.publish(2, "@/a", "one");
        sender.publish(2, "@/a", "two");
        String id = String.format("%04X", receiver.message("@/a", "one").id());
        receiver.send("50[" + id + "]");
        assertThat(receiver.next().type()).isEqualTo(PUBREL);
        receiver.expectQuiet();
        receiver.send("70[" + id + "]");
        receiver.receive("@/a", "two");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Statement(version = 5, value = "MQTT-4.4.0-2")
    void aRefusalMakesRoomAndEndsTheDelivery(int qos) {
        RawClient receiver = bench.open(5).send("10[<MQTT> 05 00 0000 [11 0000003C 21 0001] <@r>]");
        bench.forget("r");
        receiver.expectConnack(false, 0);
        receiver.subscribe("<@/a> 02");
        RawClient sender = bench.connect(5, "s");
        sender.publish(qos, "@/a", "one");
        sender.publish(qos, "@/a", "two");
        Incoming one = receiver.message("@/a", "one");
        receiver.send(String.format("%s[%04X 80]", qos == 1 ? "40" : "50", one.id()));
        receiver.receive("@/a", "two");
        receiver.expectQuiet();
        receiver.disconnect();
        bench.keep(5, "r", true).expectQuiet();
    }

    @Test
    @Statement(version = 5, value = "MQTT-3.3.4-7")
    void whoSendsMoreThanTheServerAllowsIsDisconnected() {
        RawClient client = bench.open(5).send("10[<MQTT> 05 02 0000 00 <@c>]");
        Extras extras = client.expectConnack(false, 0).extras();
        int allowed = extras.has(0x21) ? (int) extras.number(0x21) : 65_535;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id = 1; id <= Math.min(allowed, 65_534) + 1; id++) {
            all.writeBytes(Notation.bytes(String.format("34[<a> %04X 00]", id), 5));
        }
        client.send(all.toByteArray());
        if (allowed < 65_535) {
            client.expectEnd(Incoming.PUBREC, 0x93);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aReceiverThatNeverAcknowledgesHoldsUpNobody(int level) {
        RawClient lazy = bench.connect(level, "lazy");
        lazy.subscribe("<@/a> 01");
        RawClient quick = bench.connect(level, "quick");
        quick.subscribe("<@/a> 01");
        RawClient sender = bench.connect(level, "s");
        for (int i = 0; i < 200; i++) {
            sender.publish(1, "@/a", "m" + i);
            quick.receive("@/a", "m" + i);
        }
        assertThat(lazy.next().type()).isEqualTo(PUBLISH);
    }
}
