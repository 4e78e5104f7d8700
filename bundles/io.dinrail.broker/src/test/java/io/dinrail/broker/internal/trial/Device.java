package io.dinrail.broker.internal.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dinrail.broker.internal.protocol.Acknowledgement;
import io.dinrail.broker.internal.protocol.Connack;
import io.dinrail.broker.internal.protocol.Connect;
import io.dinrail.broker.internal.protocol.Disconnect;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.PacketType;
import io.dinrail.broker.internal.protocol.Ping;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Property;
import io.dinrail.broker.internal.protocol.Publish;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.Suback;
import io.dinrail.broker.internal.protocol.Subscribe;
import io.dinrail.broker.internal.protocol.Subscription;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.protocol.Unsuback;
import io.dinrail.broker.internal.protocol.Unsubscribe;
import io.dinrail.broker.internal.protocol.Will;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A client as the standards want it: what it hasn't finished when its connection breaks, it finishes on the next one, if its session is still there. Used
 * by one thread.
 */
final class Device implements AutoCloseable {
    /** How long a session lasts that never ends by itself. */
    static final long FOR_EVER = 0xFFFF_FFFFL;

    /** A message that the broker hasn't taken for good. */
    private static final class Unfinished {
        final String topic;
        final String text;
        final Qos qos;
        final boolean retain;
        final Properties properties;
        boolean received;

        Unfinished(String topic, String text, Qos qos, boolean retain, Properties properties) {
            this.topic = topic;
            this.text = text;
            this.qos = qos;
            this.retain = retain;
            this.properties = properties;
        }
    }

    private final String clientId;
    private final MqttVersion version;
    private final Map<Integer, Unfinished> unfinished = new LinkedHashMap<>();
    private final Set<Integer> unreleased = new HashSet<>();
    private Consumer<Heard> hears = heard -> {};
    private Consumer<String> taken = text -> {};
    private Consumer<ReasonCode> refused = reason -> {};
    private boolean answers = true;
    private Optional<Wire> wire = Optional.empty();
    private Optional<ReasonCode> goodbye = Optional.empty();
    private Optional<Packet> answer = Optional.empty();
    private int lastId;

    Device(String clientId, MqttVersion version) {
        this.clientId = clientId;
        this.version = version;
    }

    String clientId() {
        return clientId;
    }

    /** Is told every message, before it is acknowledged; one of QoS 2 once. */
    Device hears(Consumer<Heard> listener) {
        hears = listener;
        return this;
    }

    /** Is told the text of every message of its own that the broker acknowledged. */
    Device whenTaken(Consumer<String> listener) {
        taken = listener;
        return this;
    }

    Device whenRefused(Consumer<ReasonCode> listener) {
        refused = listener;
        return this;
    }

    /** It reads, but acknowledges nothing more on this connection. */
    void fallSilent() {
        answers = false;
    }

    /** @param expiry seconds that its session stays; in 3.x anything but 0 is for good. */
    Connack connect(InetSocketAddress address, boolean clean, long expiry, Optional<Will> will) throws IOException {
        drop();
        return enter(address, clean, expiry, will);
    }

    /** Connects while its former connection is still there. */
    Connack takeOver(InetSocketAddress address, boolean clean, long expiry, Optional<Will> will) throws IOException {
        Wire former = wire();
        Connack connack = enter(address, clean, expiry, will);
        former.close();
        return connack;
    }

    private Connack enter(InetSocketAddress address, boolean clean, long expiry, Optional<Will> will)
            throws IOException {
        answers = true;
        goodbye = Optional.empty();
        Wire fresh = new Wire(address, version);
        wire = Optional.of(fresh);
        boolean five = version == MqttVersion.V5;
        Properties asked = five && expiry > 0
                ? Properties.builder()
                        .number(Property.SESSION_EXPIRY_INTERVAL, expiry)
                        .build()
                : Properties.NONE;
        boolean cleanFlag = five ? clean : clean || expiry == 0;
        fresh.send(new Connect(version, clientId, cleanFlag, 0, will, Optional.empty(), Optional.empty(), asked));
        Connack connack = (Connack) fresh.next();
        if (connack.reason() == ReasonCode.SUCCESS) {
            resume(connack.sessionPresent());
        }
        return connack;
    }

    Connack connect(InetSocketAddress address) throws IOException {
        return connect(address, false, FOR_EVER, Optional.empty());
    }

    /** What was on its way goes once more, in order; without a session it is the broker's no more, and what had no answer is a message as new as any. */
    private void resume(boolean present) throws IOException {
        if (!present) {
            unreleased.clear();
            unfinished.values().removeIf(one -> one.received);
        }
        for (Map.Entry<Integer, Unfinished> one : unfinished.entrySet()) {
            if (one.getValue().received) {
                send(new Acknowledgement(PacketType.PUBREL, one.getKey(), ReasonCode.SUCCESS));
            } else {
                send(packet(one.getKey(), one.getValue(), present));
            }
        }
    }

    private Wire wire() throws IOException {
        return wire.orElseThrow(() -> new IOException(clientId + " is not connected"));
    }

    void send(Packet packet) throws IOException {
        wire().send(packet);
    }

    /** Sends a message; it is not waited for. */
    void publish(String topic, String text, int qos, boolean retain) throws IOException {
        publish(topic, text, qos, retain, Properties.NONE);
    }

    void publish(String topic, String text, int qos, boolean retain, Properties properties) throws IOException {
        Unfinished fresh = new Unfinished(topic, text, Qos.of(qos), retain, properties);
        int id = 0;
        if (qos > 0) {
            do {
                lastId = lastId % 0xFFFF + 1;
            } while (unfinished.containsKey(lastId));
            id = lastId;
            unfinished.put(id, fresh);
        }
        send(packet(id, fresh, false));
    }

    private static Publish packet(int id, Unfinished one, boolean dup) {
        return new Publish(
                TopicName.of(one.topic),
                Unpooled.wrappedBuffer(one.text.getBytes(UTF_8)),
                one.qos,
                one.retain,
                dup,
                id,
                one.properties);
    }

    /** How many of its messages the broker hasn't finished with. */
    int unfinished() {
        return unfinished.size();
    }

    /** Forgets what it sent and the broker didn't take. */
    void forget() {
        unfinished.clear();
    }

    ReasonCode subscribe(String filter, int qos) throws IOException {
        send(new Subscribe(0xFFFF, List.of(new Subscription(filter, Qos.of(qos))), Properties.NONE));
        return ((Suback) answer(Suback.class::isInstance)).reasons().get(0);
    }

    void unsubscribe(String filter) throws IOException {
        send(new Unsubscribe(0xFFFF, List.of(filter), Properties.NONE));
        answer(Unsuback.class::isInstance);
    }

    /** Waits until the broker has heard everything up to here. */
    void ping() throws IOException {
        send(Ping.REQUEST);
        answer(packet -> packet == Ping.RESPONSE);
    }

    /** Waits until all that it sent is finished. */
    void finish() throws IOException {
        while (!unfinished.isEmpty()) {
            handle(wire().next());
        }
    }

    private Packet answer(Predicate<Packet> wanted) throws IOException {
        answer = Optional.empty();
        while (answer.filter(wanted).isEmpty()) {
            handle(wire().next());
        }
        return answer.orElseThrow();
    }

    /** Deals with one packet, if one comes in time; 0 takes only what is there. */
    boolean step(int milliseconds) throws IOException {
        Optional<Packet> packet = wire().poll(milliseconds);
        if (packet.isPresent()) {
            handle(packet.get());
        }
        return packet.isPresent();
    }

    private void handle(Packet packet) throws IOException {
        if (packet instanceof Publish publish) {
            hear(publish);
        } else if (packet instanceof Acknowledgement acknowledgement) {
            acknowledged(acknowledgement);
        } else if (packet instanceof Disconnect disconnect) {
            goodbye = Optional.of(disconnect.reason());
        } else {
            answer = Optional.of(packet);
        }
    }

    private void hear(Publish publish) throws IOException {
        Heard heard = new Heard(
                publish.topic().text(),
                publish.payload().toString(UTF_8),
                publish.qos().number(),
                publish.retain(),
                publish.dup());
        publish.release();
        int id = publish.packetId();
        if (publish.qos() != Qos.EXACTLY_ONCE || unreleased.add(id)) {
            hears.accept(heard);
        }
        if (answers && publish.qos() != Qos.AT_MOST_ONCE) {
            PacketType type = publish.qos() == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
            send(new Acknowledgement(type, id, ReasonCode.SUCCESS));
        }
    }

    private void acknowledged(Acknowledgement packet) throws IOException {
        int id = packet.packetId();
        Unfinished one = unfinished.get(id);
        switch (packet.type()) {
            case PUBACK, PUBREC -> {
                if (packet.reason().isError()) {
                    unfinished.remove(id);
                    refused.accept(packet.reason());
                } else {
                    isTaken(packet.type(), id, one);
                }
            }
            case PUBREL -> {
                unreleased.remove(id);
                if (answers) {
                    send(new Acknowledgement(PacketType.PUBCOMP, id, ReasonCode.SUCCESS));
                }
            }
            default -> unfinished.remove(id);
        }
    }

    private void isTaken(PacketType type, int id, Unfinished one) throws IOException {
        if (one == null) {
            throw new AssertionError(clientId + " got a " + type + " for a packet that it didn't send: " + id);
        }
        if (!one.received) {
            one.received = true;
            taken.accept(one.text);
        }
        if (type == PacketType.PUBACK) {
            unfinished.remove(id);
        } else {
            send(new Acknowledgement(PacketType.PUBREL, id, ReasonCode.SUCCESS));
        }
    }

    /** Why the broker said it ends the connection, if it said so. */
    Optional<ReasonCode> goodbye() {
        return goodbye;
    }

    boolean isConnected() {
        return wire.isPresent();
    }

    /** Reads until the broker has closed the connection. */
    void awaitEnd() {
        try {
            while (true) {
                handle(wire().next());
            }
        } catch (IOException e) {
            drop();
        }
    }

    /** Says goodbye. */
    void disconnect() throws IOException {
        send(new Disconnect(ReasonCode.SUCCESS, Properties.NONE));
        awaitEnd();
    }

    /** Breaks the connection without a word. */
    void drop() {
        wire.ifPresent(Wire::close);
        wire = Optional.empty();
    }

    @Override
    public void close() {
        drop();
    }
}
