package io.dinrail.broker.internal.session;

import io.dinrail.broker.front.ReservedTopics;
import io.dinrail.broker.internal.protocol.Acknowledgement;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.MqttVersion;
import io.dinrail.broker.internal.protocol.Packet;
import io.dinrail.broker.internal.protocol.PacketType;
import io.dinrail.broker.internal.protocol.Publish;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.dinrail.broker.internal.protocol.TopicAliases;
import io.dinrail.broker.internal.store.StoreException;
import io.dinrail.identity.api.Action;
import io.dinrail.messaging.api.Message;
import java.util.BitSet;
import java.util.Optional;

/** What one client publishes. Used on its connection's lane only. */
final class Inbound {
    /** What a client is told it may send before it is answered; MQTT 5.0, section 3.3.4. */
    static final int RECEIVE_MAXIMUM = 1_000;

    private final Connection connection;
    private final Session session;
    private final Broker broker;
    private final TopicAliases aliases;
    private final Leave leave;
    /** Packet ids of QoS 2 that aren't answered yet because the store isn't done with them. */
    private final BitSet pending = new BitSet(0);

    private final BitSet unreleased = new BitSet(0);
    private int unanswered;
    /** Bytes that were taken and aren't stored yet. */
    private long unstored;

    Inbound(Connection connection, Session session, Broker broker, MqttVersion version) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
        this.leave = new Leave(this::mayPublish);
        this.aliases =
                new TopicAliases(version.hasProperties() ? broker.settings().topicAliases() : 0);
    }

    /** @throws MalformedPacket if the connection must not go on. */
    void publish(Publish packet) throws MalformedPacket {
        Publish publish = resolved(packet);
        String topic = publish.topic().text();
        if (!Topics.isWithinBounds(topic, publish.topic().bytes())) {
            publish.release();
            throw MalformedPacket.because(
                    ReasonCode.TOPIC_NAME_INVALID, "a topic of more than 1,024 bytes or 32 levels");
        }
        if (publish.qos() == Qos.EXACTLY_ONCE && session.received().get(publish.packetId())) {
            publish.release();
            repeat(publish.packetId());
            return;
        }
        open(publish);
        if (leave.has(publish.topic())) {
            take(publish);
        } else {
            int packetId = publish.packetId();
            Qos qos = publish.qos();
            publish.release();
            refuse(topic, qos, packetId);
        }
    }

    private Publish resolved(Publish packet) throws MalformedPacket {
        try {
            return aliases.resolve(packet);
        } catch (MalformedPacket e) {
            packet.release();
            throw e;
        }
    }

    private void repeat(int packetId) {
        if (!pending.get(packetId)) {
            unreleased.set(packetId);
            connection
                    .answer(new Ticket(connection, ack(PacketType.PUBREC, packetId, ReasonCode.SUCCESS)))
                    .keep();
        }
    }

    private void open(Publish publish) throws MalformedPacket {
        if (publish.qos() == Qos.AT_MOST_ONCE) {
            return;
        }
        if (connection.isVersion5() && unanswered + unreleased.cardinality() >= RECEIVE_MAXIMUM) {
            publish.release();
            throw MalformedPacket.because(
                    ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "more messages than it may before they are acknowledged");
        }
        unanswered++;
    }

    void rightsChanged() {
        leave.rightsChanged();
    }

    private boolean mayPublish(String topic) {
        boolean possible = !topic.startsWith("$") && (session.realm().isDefault() || !ReservedTopics.isReserved(topic));
        return possible && connection.may(Action.PUBLISH, topic);
    }

    private void refuse(String topic, Qos qos, int packetId) {
        broker.ledger()
                .count(
                        "publish.refused",
                        connection.shown(),
                        "may not publish on '" + topic + "': the message is dropped");
        if (qos != Qos.AT_MOST_ONCE) {
            // 3.x can't be told, and would send it again for ever
            ReasonCode reason = connection.isVersion5() ? ReasonCode.NOT_AUTHORIZED : ReasonCode.SUCCESS;
            ticket(qos, packetId, reason).keep();
        }
        connection.denied(Action.PUBLISH, topic);
    }

    private void take(Publish publish) {
        Publication publication = Publication.taken(publish, broker.now());
        broker.received(session, publication);
        String topic = publication.topic().text();
        int packetId = publish.packetId();
        Commit growing = connection.lane().desk().growing();
        boolean inside = ReservedTopics.isReserved(topic);
        int routed = inside ? 1 : route(publication);
        if (publication.qos() == Qos.EXACTLY_ONCE) {
            session.received().set(packetId);
            if (session.isKept()) {
                growing.batch(session.realm()).received(session.number(), packetId);
            }
        }
        if (!growing.isEmpty() && (publication.retain() || publication.qos() != Qos.AT_MOST_ONCE)) {
            owe(publication.bytes(), growing);
        }
        boolean heardInside = tell(publication, topic, growing);
        if (publication.qos() != Qos.AT_MOST_ONCE) {
            boolean unheard = routed == 0 && !heardInside && connection.isVersion5();
            answer(publication.qos(), packetId, unheard ? ReasonCode.NO_MATCHING_SUBSCRIBERS : ReasonCode.SUCCESS);
        }
    }

    private void owe(int bytes, Commit growing) {
        unstored += bytes;
        growing.whenDone(() -> {
            unstored -= bytes;
            connection.catchesUp();
        });
    }

    long unstored() {
        return unstored;
    }

    private int route(Publication publication) {
        return connection.lane().desk().publish(publication.routed(), session.realm(), Optional.of(session));
    }

    /** Answers whether somebody inside the platform listens, who is told when the store has taken it. */
    private boolean tell(Publication publication, String topic, Commit growing) {
        if (!session.realm().isDefault() || !broker.tap().listensTo(topic)) {
            return false;
        }
        Message message =
                new Message(topic, publication.payload(), publication.qos().number(), publication.retain());
        Runnable tell = () ->
                broker.tap().tell(message, connection.login(), broker.clock().instant());
        if (growing.isEmpty()) {
            tell.run();
        } else {
            growing.whenTaken(tell);
        }
        return true;
    }

    private void answer(Qos qos, int packetId, ReasonCode reason) {
        Ticket ticket = ticket(qos, packetId, reason);
        Commit growing = connection.lane().desk().growing();
        if (growing.isEmpty()) {
            ticket.keep();
            return;
        }
        if (qos == Qos.EXACTLY_ONCE) {
            pending.set(packetId);
        }
        growing.await(ticket);
    }

    private Ticket ticket(Qos qos, int packetId, ReasonCode reason) {
        PacketType type = qos == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
        return connection.answer(new Ticket(connection, ack(type, packetId, reason)) {
            @Override
            void kept() {
                unanswered--;
                pending.clear(packetId);
                if (type == PacketType.PUBREC && !reason.isError()) {
                    unreleased.set(packetId);
                }
            }

            @Override
            Packet refused(StoreException why) {
                unanswered--;
                pending.clear(packetId);
                session.received().clear(packetId);
                connection.storeRefuses(why);
                return ack(type, packetId, reasonOf(why));
            }
        });
    }

    private static ReasonCode reasonOf(StoreException why) {
        return why.reason() == StoreException.Reason.FULL
                ? ReasonCode.QUOTA_EXCEEDED
                : ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
    }

    private static Acknowledgement ack(PacketType type, int packetId, ReasonCode reason) {
        return new Acknowledgement(type, packetId, reason);
    }

    /** PUBREL. */
    void release(int packetId) {
        unreleased.clear(packetId);
        boolean known = session.received().get(packetId);
        Ticket completed = connection.answer(new Ticket(
                connection,
                ack(
                        PacketType.PUBCOMP,
                        packetId,
                        known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND)));
        session.received().clear(packetId);
        if (known && session.isKept()) {
            Commit shrinking = connection.lane().desk().shrinking();
            shrinking.batch().released(session.number(), packetId);
            shrinking.await(completed);
        } else {
            completed.keep();
        }
    }
}
