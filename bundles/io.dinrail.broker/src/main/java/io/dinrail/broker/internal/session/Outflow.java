package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.Acknowledgement;
import io.dinrail.broker.internal.protocol.PacketType;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.ReasonCode;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What goes to one client: QoS 0 at once or not at all, QoS 1 and 2 in the order of their places, as many in flight as the client takes, the rest waiting in
 * memory, and for a session that is kept, beyond a page, in the store only. The states of a delivery are in docs/broker.md. Used on its connection's lane,
 * except where said.
 */
final class Outflow {
    private static final int PAGE = 256;
    private static final int LOW = 64;
    private static final int PAGE_BYTES = 256 * 1024;

    private final Connection connection;
    private final Session session;
    private final Broker broker;
    private final int window;
    private final Deque<Parcel> waiting = new ArrayDeque<>(0);
    private final IntObjectMap<Parcel> inflight = new IntObjectHashMap<>(4);
    /** In the order they left; the first tells how far the places in flight may reach. */
    private final Deque<Parcel> sent = new ArrayDeque<>(0);

    private final Leave leave;
    private final long sentBefore;
    private long waitingBytes;
    private long next;
    private boolean loading;
    private volatile boolean room = true;

    Outflow(Connection connection, Session session, Broker broker, int window) {
        this.connection = connection;
        this.session = session;
        this.broker = broker;
        this.window = window;
        this.leave = new Leave(connection::mayReceive);
        this.sentBefore = session.sentTo();
    }

    /** Whether it would send a message of QoS 1 or 2 at once; safe from any thread. */
    boolean hasRoom() {
        return room;
    }

    void rightsChanged() {
        leave.rightsChanged();
    }

    /** Begins with what waits for it in the store. */
    void begin() {
        pump();
    }

    /** Takes a message that is in no queue of the store. */
    void take(Publication publication, Manner manner) {
        if (!connection.isOpen()) {
            return;
        }
        if (!leave.has(publication.topic())) {
            refused(publication);
        } else if (manner.qos() == Qos.AT_MOST_ONCE) {
            sendOnce(publication, manner);
        } else {
            takeParcel(publication, manner);
        }
    }

    /** A message of QoS 0 finds the socket full; safe from any thread. */
    void dropped() {
        broker.ledger().count("qos0.dropped", connection.shown(), "reads too slowly: a message of QoS 0 was dropped");
    }

    private void sendOnce(Publication publication, Manner manner) {
        if (!connection.press().isWritable()) {
            dropped();
        } else if (!publication.isExpired(broker.now())) {
            if (connection.press().write(publication, manner, 0, false, broker.now())) {
                broker.sent(session, publication);
            } else {
                tooLarge(publication);
            }
            connection.written();
        }
    }

    private void takeParcel(Publication publication, Manner manner) {
        BrokerSettings settings = broker.settings();
        boolean full = settings.queueMessages() > 0 && waiting.size() >= settings.queueMessages()
                || settings.queueBytes() > 0
                        && waitingBytes + publication.bytes() > settings.queueBytes()
                        && !waiting.isEmpty()
                || broker.isShortOfMemory() && !waiting.isEmpty();
        if (full) {
            broker.ledger()
                    .count(
                            "queue.overflow",
                            connection.shown(),
                            "its queue is full: the " + (settings.dropsOldest() ? "oldest" : "newest")
                                    + " message was dropped");
            if (!settings.dropsOldest()) {
                return;
            }
            takeFirst();
        }
        add(new Parcel(next++, publication, manner));
        pump();
    }

    /** Takes a message of the session's queue that has just been stored. */
    void arrives(long place, Publication publication, Manner manner) {
        if (place == next && !loading && waiting.size() < PAGE && waitingBytes < PAGE_BYTES) {
            next = place + 1;
            session.loadedTo(next);
            add(new Parcel(place, publication, manner));
        }
        pump();
    }

    private void add(Parcel parcel) {
        waiting.add(parcel);
        waitingBytes += parcel.bytes;
        broker.holds(parcel.bytes);
    }

    private Parcel takeFirst() {
        Parcel parcel = waiting.removeFirst();
        waitingBytes -= parcel.bytes;
        broker.holds(-parcel.bytes);
        return parcel;
    }

    /** Sends what the client, the socket and the packet ids allow. */
    void pump() {
        while (!waiting.isEmpty() && mayFly(waiting.getFirst())) {
            launch(takeFirst());
        }
        load();
        room = waiting.isEmpty()
                && inflight.size() < window
                && connection.press().isWritable();
    }

    private boolean mayFly(Parcel parcel) {
        return connection.isOpen()
                && inflight.size() < window
                && connection.press().isWritable()
                && (sent.isEmpty() || !Parcel.tooFar(parcel.order, sent.getFirst().order));
    }

    private void launch(Parcel parcel) {
        if (parcel.stage == Parcel.Stage.RELEASED) {
            fly(parcel);
            release(parcel, ReasonCode.SUCCESS);
        } else if (parcel.mayExpire() && parcel.publication().isExpired(broker.now())) {
            broker.counters().expired.increment();
            done(parcel);
        } else if (!leave.has(parcel.publication().topic())) {
            refused(parcel.publication());
            done(parcel);
        } else {
            publish(parcel);
        }
    }

    private void publish(Parcel parcel) {
        boolean fits = connection
                .press()
                .write(parcel.publication(), parcel.manner, parcel.packetId(), parcel.again, broker.now());
        if (!fits) {
            tooLarge(parcel.publication());
            done(parcel);
            return;
        }
        broker.sent(session, parcel.publication());
        fly(parcel);
        parcel.stage = Parcel.Stage.PUBLISHED;
        parcel.again = true;
        session.sentTo(parcel.order + 1);
        if (session.isKept() || parcel.manner.share().isEmpty()) {
            parcel.letGo();
        }
        connection.written();
    }

    private void fly(Parcel parcel) {
        inflight.put(parcel.packetId(), parcel);
        sent.add(parcel);
    }

    private void refused(Publication publication) {
        broker.ledger()
                .count(
                        "delivery.refused",
                        connection.shown(),
                        "may not receive '" + publication.topic().text() + "': the message is dropped");
    }

    private void tooLarge(Publication publication) {
        broker.ledger()
                .count(
                        "packet.too-large",
                        connection.shown(),
                        "takes no packets as large as a message on '"
                                + publication.topic().text() + "': the message is dropped");
    }

    /** Reads the next page of the queue from the store, when there is one. */
    private void load() {
        if (session.isKept() && !loading && waiting.size() < LOW && next < session.readyTo() && connection.isOpen()) {
            loading = true;
            broker.reader().load(session, next, session.readyTo(), PAGE, PAGE_BYTES, this::loaded);
        }
    }

    private void loaded(List<Reader.Item> items, long to) {
        connection.lane().post(() -> {
            loading = false;
            next = Math.max(next, to);
            session.loadedTo(next);
            items.forEach(this::add);
            pump();
        });
    }

    private void add(Reader.Item item) {
        Parcel parcel = new Parcel(item.place(), item.publication(), item.manner());
        parcel.again = item.place() < sentBefore;
        parcel.guessed = item.place() < session.guessedTo();
        if (item.mark() == Parcel.RELEASED_MARK) {
            parcel.stage = Parcel.Stage.RELEASED;
        }
        add(parcel);
    }

    /** PUBACK. */
    void acknowledged(int packetId) {
        Parcel parcel = inflight.get(packetId);
        if (parcel != null && parcel.manner.qos() == Qos.AT_LEAST_ONCE) {
            finish(parcel);
        }
    }

    /** PUBREC. */
    void received(int packetId, ReasonCode reason) {
        Parcel parcel = inflight.get(packetId);
        if (parcel == null || parcel.manner.qos() != Qos.EXACTLY_ONCE) {
            if (!reason.isError()) {
                connection.write(
                        new Acknowledgement(PacketType.PUBREL, packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
            }
        } else if (reason.isError()) {
            finish(parcel);
        } else if (parcel.stage == Parcel.Stage.RELEASED) {
            release(parcel, ReasonCode.SUCCESS);
        } else if (parcel.stage == Parcel.Stage.PUBLISHED) {
            takeReceived(parcel);
        }
    }

    private void takeReceived(Parcel parcel) {
        if (!session.isKept()) {
            release(parcel, ReasonCode.SUCCESS);
            return;
        }
        parcel.stage = Parcel.Stage.RECEIVED;
        Commit commit = connection.lane().desk().shrinking();
        commit.batch().mark(session.number(), parcel.order, Parcel.RELEASED_MARK);
        commit.await(connection.answer(
                new Ticket(connection, new Acknowledgement(PacketType.PUBREL, parcel.packetId(), ReasonCode.SUCCESS)) {
                    @Override
                    void kept() {
                        parcel.stage = Parcel.Stage.RELEASED;
                    }
                }));
    }

    private void release(Parcel parcel, ReasonCode reason) {
        parcel.stage = Parcel.Stage.RELEASED;
        connection.write(new Acknowledgement(PacketType.PUBREL, parcel.packetId(), reason));
    }

    /** PUBCOMP. */
    void completed(int packetId) {
        Parcel parcel = inflight.get(packetId);
        if (parcel != null && parcel.stage == Parcel.Stage.RELEASED) {
            finish(parcel);
        }
    }

    private void finish(Parcel parcel) {
        inflight.remove(parcel.packetId());
        done(parcel);
        while (!sent.isEmpty() && sent.getFirst().stage == Parcel.Stage.DONE) {
            sent.removeFirst();
        }
        pump();
    }

    private void done(Parcel parcel) {
        parcel.stage = Parcel.Stage.DONE;
        if (session.isKept()) {
            connection.lane().desk().shrinking().batch().remove(session.number(), parcel.order);
            session.gone(1, parcel.bytes);
        }
    }

    int inflight() {
        return inflight.size();
    }

    /** All that the client has not acknowledged and that is in memory. */
    int held() {
        return inflight.size() + waiting.size();
    }

    int waiting() {
        return waiting.size();
    }

    /**
     * What a shared subscription brought and others may have instead, now that the session ends: not what a QoS 2 exchange has begun with, which nobody
     * else may get [MQTT-4.8.2-5].
     */
    List<Parcel> unfinishedShared() {
        List<Parcel> unfinished = new ArrayList<>();
        sent.stream()
                .filter(parcel -> parcel.stage != Parcel.Stage.DONE && parcel.manner.qos() == Qos.AT_LEAST_ONCE)
                .forEach(unfinished::add);
        unfinished.addAll(waiting);
        unfinished.removeIf(
                parcel -> parcel.manner.share().isEmpty() || parcel.again && parcel.manner.qos() == Qos.EXACTLY_ONCE);
        return unfinished;
    }

    /** Leaves the session as the next connection will find it. */
    void leave() {
        broker.holds(-waitingBytes);
        waitingBytes = 0;
        session.loadedTo(session.sentTo());
    }
}
