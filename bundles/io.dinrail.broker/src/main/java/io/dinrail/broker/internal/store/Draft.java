package io.dinrail.broker.internal.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A batch on its way to a frame: asks the state what still applies and changes nothing, so that a refused append leaves no trace. */
final class Draft {
    private final State state;
    private final Bytes body;
    private final Map<Long, byte[]> contents = new HashMap<>(2);
    private final Set<Long> stored = new HashSet<>(2);
    private final Map<Long, Long> nexts = new HashMap<>(2);
    private final Set<String> retained = new HashSet<>(0);
    private final Set<Long> ended = new HashSet<>(0);
    private long[] orders = new long[1];
    private int enqueued;

    Draft(State state, Bytes body) {
        this.state = state;
        this.body = body;
    }

    long[] encode(Batch batch) {
        batch.ends.forEach(change -> change.on(this));
        batch.sessions.forEach(change -> change.on(this));
        batch.rest.forEach(change -> change.on(this));
        return Arrays.copyOf(orders, enqueued);
    }

    void message(long id, byte[] content) {
        contents.put(id, content);
    }

    void enqueue(long session, long message, byte[] options) {
        long order = alive(session) && stored(message) ? nextOrder(session) : -1;
        if (order >= 0) {
            body.begin(Kind.ENQUEUE).varint(session).varint(order).varint(message);
            body.rest(options).end();
        }
        if (enqueued == orders.length) {
            orders = Arrays.copyOf(orders, 2 * enqueued);
        }
        orders[enqueued++] = order;
    }

    void remove(long session, long order) {
        if (has(session, order)) {
            body.begin(Kind.REMOVE).varint(session).varint(order).end();
        }
    }

    void mark(long session, long order, long value) {
        if (has(session, order)) {
            body.begin(Kind.MARK).varint(session).varint(order).varint(value).end();
        }
    }

    void packet(byte kind, long session, int packetId) {
        if (alive(session)) {
            body.begin(kind).varint(session).varint(packetId).end();
        }
    }

    void session(long number, String client, byte[] data) {
        if (!ended.contains(number)) {
            nexts.computeIfAbsent(number, this::knownNext);
            Session.encodeData(body, number, client, data);
        }
    }

    void end(long session) {
        if (state.sessions.containsKey(session) && ended.add(session)) {
            body.begin(Kind.END).varint(session).end();
        }
    }

    void retain(String topic, long message) {
        if (stored(message)) {
            retained.add(topic);
            body.begin(Kind.RETAIN).text(topic).varint(message).end();
        }
    }

    void clear(String topic) {
        if (state.retained.containsKey(topic) | retained.remove(topic)) {
            body.begin(Kind.CLEAR).text(topic).end();
        }
    }

    /** A message is written before the first that refers to it. */
    private boolean stored(long message) {
        byte[] content = contents.remove(message);
        if (content != null) {
            encodeMessage(body, message, content, 0, content.length);
            stored.add(message);
        }
        return content != null || stored.contains(message) || state.messages.position(message) != 0;
    }

    static void encodeMessage(Bytes body, long id, byte[] content, int from, int length) {
        body.begin(Kind.MESSAGE).varint(id).int32(Frames.crc(content, from, length));
        body.raw(content, from, length).end();
    }

    private boolean alive(long session) {
        return !ended.contains(session) && (nexts.containsKey(session) || state.sessions.containsKey(session));
    }

    private boolean has(long session, long order) {
        Session known = state.sessions.get(session);
        return alive(session)
                && (known != null && known.queue.has(order)
                        || order < nexts.getOrDefault(session, 0L) && order >= knownNext(session));
    }

    private long nextOrder(long session) {
        long order = nexts.computeIfAbsent(session, this::knownNext);
        nexts.put(session, order + 1);
        return order;
    }

    private long knownNext(long session) {
        Session known = state.sessions.get(session);
        return known == null ? 0 : known.queue.next();
    }
}
