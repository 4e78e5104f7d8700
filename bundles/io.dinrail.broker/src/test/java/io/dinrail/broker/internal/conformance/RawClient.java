package io.dinrail.broker.internal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Notation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that sends and expects bytes; used by one thread. {@code @} in what it sends and expects is the name of the test. */
final class RawClient implements AutoCloseable {
    /** The longest that an answer may take. */
    private static final int PATIENCE = 5_000;

    /** How long is listened where nothing should come, after all that was asked before is answered. */
    private static final int SILENCE = 80;

    private final int level;
    private final String name;
    private final Wires wires;
    private final Deque<Incoming> waiting = new ArrayDeque<>();
    private int lastId = 100;

    RawClient(int level, String name, Wires wires) {
        this.level = level;
        this.name = name;
        this.wires = wires;
    }

    int level() {
        return level;
    }

    RawClient send(String packets) {
        wires.write(Notation.bytes(packets.replace("@", name), level));
        return this;
    }

    RawClient send(byte[] bytes) {
        wires.write(bytes);
        return this;
    }

    /** The next packet. */
    Incoming next() {
        Incoming first = waiting.poll();
        if (first != null) {
            return first;
        }
        try {
            return wires.read(PATIENCE)
                    .map(bytes -> new Incoming(level, bytes))
                    .orElseThrow(() -> new AssertionError("nothing came in five seconds"));
        } catch (IOException gone) {
            throw new AssertionError("closed where a packet was expected: " + gone.getMessage(), gone);
        }
    }

    /** The next packet, which is exactly one of these. */
    Incoming expect(String... packets) {
        Incoming next = next();
        for (String packet : packets) {
            if (Notation.matches(packet.replace("@", name), level, next.bytes())) {
                return next;
            }
        }
        throw new AssertionError("expected " + String.join(" or ", packets) + " with @ " + name + " but got " + next);
    }

    /** The next packet of that type; what comes before stays for {@link #next}. */
    Incoming await(int type) {
        for (Iterator<Incoming> all = waiting.iterator(); all.hasNext(); ) {
            Incoming one = all.next();
            if (one.type() == type) {
                all.remove();
                return one;
            }
        }
        List<Incoming> others = new ArrayList<>(waiting);
        waiting.clear();
        Incoming next = next();
        for (; next.type() != type; next = next()) {
            others.add(next);
        }
        waiting.addAll(others);
        return next;
    }

    Incoming expectConnack(boolean present, int code) {
        Incoming connack = next();
        assertThat(connack.type()).as("%s", connack).isEqualTo(Incoming.CONNACK);
        assertThat(connack.code()).as("code of %s", connack).isEqualTo(code);
        assertThat(connack.bytes()[2]).as("session present of %s", connack).isEqualTo((byte) (present ? 1 : 0));
        return connack;
    }

    /** The next packet, an acknowledgement of that type. */
    Incoming expectAnswer(int type, int id, int code) {
        Incoming answer = next();
        assertThat(answer.type()).as("%s", answer).isEqualTo(type);
        assertThat(answer.id()).as("identifier of %s", answer).isEqualTo(id);
        // No matching subscribers is success too.
        assertThat(answer.code() == 0x10 ? 0 : answer.code())
                .as("code of %s", answer)
                .isEqualTo(code);
        return answer;
    }

    /** The end, with nothing before it. */
    void expectClosed() {
        Incoming unwanted = untilClosed();
        if (unwanted != null) {
            throw new AssertionError("expected the end but got " + unwanted);
        }
    }

    /** The end; version 5 is told one of these codes before. */
    void expectClosed(Integer... codes) {
        if (level == 5) {
            Incoming why = next();
            assertThat(why.type()).as("%s", why).isEqualTo(Incoming.DISCONNECT);
            assertThat(why.code()).as("code of %s", why).isIn((Object[]) codes);
        }
        expectClosed();
    }

    /** The end, after any number of packets of that type, the last before it the one that says why. */
    void expectEnd(int before, int code) {
        Incoming why = next();
        while (why.type() == before) {
            why = next();
        }
        assertThat(why.type()).as("%s", why).isEqualTo(Incoming.DISCONNECT);
        assertThat(why.code()).as("code of %s", why).isEqualTo(code);
        expectClosed();
    }

    /** The end, with at most one packet of that type before it. */
    void expectEnd(int maybe) {
        Incoming first = untilClosed();
        if (first != null) {
            assertThat(first.type()).as("%s", first).isEqualTo(maybe);
            expectClosed();
        }
    }

    private @Nullable Incoming untilClosed() {
        if (!waiting.isEmpty()) {
            return waiting.poll();
        }
        try {
            Optional<byte[]> more = wires.read(PATIENCE);
            return new Incoming(level, more.orElseThrow(() -> new AssertionError("still open after five seconds")));
        } catch (IOException gone) {
            return null;
        }
    }

    /** Nothing comes: not before the answer to a PINGREQ, and not shortly after it. */
    void expectQuiet() {
        expectQuiet(SILENCE);
    }

    /** Nothing comes in that time. */
    void expectQuiet(int millis) {
        send("C000");
        expect("D000");
        try {
            wires.read(millis).ifPresent(bytes -> {
                throw new AssertionError("expected nothing but got " + new Incoming(level, bytes));
            });
        } catch (IOException gone) {
            throw new AssertionError("closed", gone);
        }
    }

    /** The next packet, null if none comes: not before the answer to a PINGREQ, and not shortly after it. */
    @Nullable
    Incoming nextOrQuiet() {
        send("C000").await(Incoming.PINGRESP);
        if (!waiting.isEmpty()) {
            return waiting.poll();
        }
        try {
            return wires.read(SILENCE).map(bytes -> new Incoming(level, bytes)).orElse(null);
        } catch (IOException gone) {
            throw new AssertionError("closed", gone);
        }
    }

    /** Subscribes to a filter with its options and expects it to be granted; messages that come before the answer stay for later. */
    Incoming subscribe(String filters) {
        int id = ++lastId;
        send(String.format("82[%04X {00} %s]", id, filters));
        Incoming suback = await(Incoming.SUBACK);
        assertThat(suback.id()).isEqualTo(id);
        assertThat(suback.codes()).as("%s", suback).allMatch(code -> code < 3);
        return suback;
    }

    /** Publishes with the whole exchange of its QoS. */
    void publish(int qos, boolean retain, String topic, String payload) {
        int id = qos == 0 ? 0 : ++lastId;
        send(String.format(
                "%02X[<%s> %s {00} '%s']",
                0x30 | qos << 1 | (retain ? 1 : 0), topic, id == 0 ? "" : String.format("%04X", id), payload));
        if (qos == 1) {
            assertThat(await(Incoming.PUBACK).id()).isEqualTo(id);
        } else if (qos == 2) {
            assertThat(await(Incoming.PUBREC).id()).isEqualTo(id);
            send(String.format("62[%04X]", id));
            assertThat(await(Incoming.PUBCOMP).id()).isEqualTo(id);
        }
    }

    void publish(int qos, String topic, String payload) {
        publish(qos, false, topic, payload);
    }

    /** The next packet, a PUBLISH with this topic and payload, not acknowledged. */
    Incoming message(String topic, String payload) {
        Incoming next = next();
        assertThat(next.type()).as("%s", next).isEqualTo(Incoming.PUBLISH);
        assertThat(next.topic()).isEqualTo(topic.replace("@", name));
        assertThat(next.payload()).isEqualTo(payload);
        return next;
    }

    /** The next packet as before, acknowledged as its QoS says. */
    Incoming receive(String topic, String payload) {
        Incoming message = message(topic, payload);
        acknowledge(message);
        return message;
    }

    void acknowledge(Incoming message) {
        if (message.qos() == 1) {
            send(String.format("40[%04X]", message.id()));
        } else if (message.qos() == 2) {
            send(String.format("50[%04X]", message.id()));
            assertThat(await(Incoming.PUBREL).id()).isEqualTo(message.id());
            send(String.format("70[%04X]", message.id()));
        }
    }

    /** Says goodbye and waits until the server has closed. */
    void disconnect() {
        send("E000");
        try {
            while (wires.read(PATIENCE).isPresent()) {
                // What was under way is of no interest any more.
            }
            throw new AssertionError("still open after DISCONNECT");
        } catch (IOException gone) {
            close();
        }
    }

    /** Ends the connection as a lost network does. */
    @Override
    public void close() {
        try {
            wires.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
