package io.dinrail.broker.internal.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What the frames of the log add up to; the same code applies those of a commit and those that a start finds. Guarded by the store's lock. */
final class State {
    /** What an entry is taken to cost in its segment. */
    static final int ENTRY = 20;

    record Retained(long message, int segment, int size) {}

    final MessageTable messages = new MessageTable();
    final Map<Long, Session> sessions = new HashMap<>();
    final Map<String, Retained> retained = new HashMap<>();
    /** Ended sessions and cleared topics that an older segment may still tell of, and the segment that says so. */
    final Map<Object, Integer> graves = new HashMap<>();

    /** Counted up without the lock. */
    final AtomicLong nextMessage = new AtomicLong(1);

    long nextSession = 1;
    long messageBytes;

    private final IntFunction<@Nullable Segment> segments;
    private final List<Long> unreferred = new ArrayList<>();
    private boolean recovering = true;

    State(IntFunction<@Nullable Segment> segments) {
        this.segments = segments;
    }

    void apply(Segment segment, long offset, byte[] bytes, int from, int length) {
        Cursor cursor = new Cursor(bytes, from, length);
        while (cursor.step()) {
            one(segment, offset + cursor.start() - from, cursor);
        }
        if (!recovering) {
            for (int i = 0; i < unreferred.size(); i++) {
                forgetUnreferred(unreferred.get(i));
            }
        }
        unreferred.clear();
    }

    /** Only at the end is known what refers to what, since copies stand behind what they are referred by. Answers how many entries lost their message. */
    long recovered() {
        recovering = false;
        long lost = 0;
        for (Session session : List.copyOf(sessions.values())) {
            if (session.dataSegment < 0) {
                lost += session.queue.count();
                end(session.number);
            }
            session.marks.keySet().removeIf(order -> !session.queue.has(order));
        }
        boolean[] dangling = {false};
        messages.sweep((id, position, references) -> {
            if (position != 0 && references == 0) {
                bury(position);
                return false;
            }
            dangling[0] |= position == 0;
            return true;
        });
        lost += dangling[0] ? dropDangling() : 0;
        unreferred.clear();
        return lost;
    }

    private long dropDangling() {
        long lost = 0;
        for (Session session : sessions.values()) {
            List<Long> orders = new ArrayList<>();
            session.queue.each((order, message) -> {
                if (messages.position(message) == 0) {
                    orders.add(order);
                }
            });
            orders.forEach(order -> remove(session, order));
            lost += orders.size();
        }
        List<String> topics = retained.entrySet().stream()
                .filter(entry -> messages.position(entry.getValue().message) == 0)
                .map(Map.Entry::getKey)
                .toList();
        topics.forEach(this::unretain);
        return lost + topics.size();
    }

    private void one(Segment segment, long offset, Cursor in) {
        switch (in.kind()) {
            case Kind.COUNTERS -> counters(in.varint(), in.varint());
            case Kind.MESSAGE -> message(segment, offset, in.size(), in.varint());
            case Kind.ENQUEUE -> enqueue(segment, session(in.varint()), in.varint(), in.varint(), in.rest());
            case Kind.REMOVE -> {
                Session session = session(in.varint());
                long order = in.varint();
                session.queue.used(order + 1);
                remove(session, order);
            }
            case Kind.MARK -> session(in.varint()).marks.put(in.varint(), in.varint());
            case Kind.RECEIVED -> session(in.varint()).received.set(packetId(in));
            case Kind.RELEASED -> session(in.varint()).received.clear(packetId(in));
            case Kind.SESSION -> data(segment, session(in.varint()), in);
            case Kind.QUEUE -> queue(segment, session(in.varint()), in);
            case Kind.END -> {
                long number = in.varint();
                end(number);
                grave(segment, number, in);
            }
            case Kind.RETAIN -> retain(segment, in.text(), in.varint(), in.size());
            case Kind.CLEAR -> {
                String topic = in.text();
                unretain(topic);
                grave(segment, topic, in);
            }
            default -> {
                // Of a later version: what it says is lost to this one, the rest isn't.
            }
        }
    }

    private static int packetId(Cursor in) {
        long id = in.varint();
        if (id < 0 || id > 0xFFFF) {
            throw new IllegalArgumentException("a packet id of " + id);
        }
        return (int) id;
    }

    private void counters(long message, long session) {
        nextMessage.accumulateAndGet(message, Math::max);
        nextSession = Math.max(nextSession, session);
    }

    private void message(Segment segment, long offset, int size, long id) {
        counters(id + 1, 0);
        long position = Position.of(segment.id, offset, size);
        long before = messages.put(id, position);
        if (before != 0) {
            bury(before);
        } else {
            unreferred.add(id);
        }
        segment.live += Position.size(position);
        messageBytes += Position.size(position);
    }

    private void bury(long position) {
        live(Position.segment(position), -Position.size(position));
        messageBytes -= Position.size(position);
    }

    private void forgetUnreferred(long id) {
        long position = messages.position(id);
        if (position != 0 && messages.references(id) == 0) {
            messages.forget(id);
            bury(position);
        }
    }

    private void release(long message) {
        if (messages.refer(message, -1) == 0 && !recovering) {
            unreferred.add(message);
        }
    }

    private void enqueue(Segment segment, Session session, long order, long message, byte[] options) {
        counters(message + 1, 0);
        QueuePage page;
        if (session.queue.has(order)) {
            page = session.queue.page(order);
        } else {
            page = session.queue.add(order, message, options);
            messages.refer(message, 1);
            segment.live += ENTRY;
            if (page.count() == 1) {
                page.segment = segment.id;
                return;
            }
            live(page.segment, ENTRY);
            segment.live -= ENTRY;
        }
        if (page.segment != segment.id) {
            live(page.segment, -ENTRY * page.count());
            live(segment.id, ENTRY * page.count());
            page.segment = segment.id;
        }
    }

    private void remove(Session session, long order) {
        if (session.queue.has(order)) {
            long message = session.queue.message(order);
            live(session.queue.page(order).segment, -ENTRY);
            session.queue.remove(order);
            release(message);
        }
        session.marks.remove(order);
    }

    private Session session(long number) {
        counters(0, number + 1);
        return sessions.computeIfAbsent(number, Session::new);
    }

    private void data(Segment segment, Session session, Cursor in) {
        session.client = in.text();
        session.data = in.rest();
        live(session.dataSegment, -session.dataSize);
        session.dataSegment = segment.id;
        session.dataSize = in.size();
        segment.live += session.dataSize;
    }

    private void queue(Segment segment, Session session, Cursor in) {
        session.queue.used(in.varint());
        keepOnly(session, in);
        session.marks.clear();
        for (long left = in.varint(); left > 0; left--) {
            session.marks.put(in.varint(), in.varint());
        }
        session.received.clear();
        for (long left = in.varint(); left > 0; left--) {
            session.received.set(packetId(in));
        }
        live(session.queueSegment, -session.queueSize);
        session.queueSegment = segment.id;
        session.queueSize = in.size();
        segment.live += session.queueSize;
    }

    private void keepOnly(Session session, Cursor in) {
        long from = 0;
        for (long left = in.varint(); left > 0; left--) {
            long start = from + in.varint();
            drop(session, from, start);
            from = start + in.varint();
        }
        drop(session, from, Long.MAX_VALUE);
    }

    private void drop(Session session, long from, long to) {
        for (long order = session.queue.atOrBehind(from);
                order >= 0 && order < to;
                order = session.queue.atOrBehind(order)) {
            remove(session, order);
        }
    }

    private void end(long number) {
        counters(0, number + 1);
        Session session = sessions.remove(number);
        if (session != null) {
            drop(session, 0, Long.MAX_VALUE);
            live(session.dataSegment, -session.dataSize);
            live(session.queueSegment, -session.queueSize);
        }
    }

    private void retain(Segment segment, String topic, long message, int size) {
        counters(message + 1, 0);
        messages.refer(message, 1);
        unretain(topic);
        raise(topic);
        retained.put(topic, new Retained(message, segment.id, size));
        segment.live += size;
    }

    private void unretain(String topic) {
        Retained before = retained.remove(topic);
        if (before != null) {
            live(before.segment, -before.size);
            release(before.message);
        }
    }

    private void grave(Segment segment, Object key, Cursor in) {
        graves.put(key, in.more() ? (int) in.varint() : segment.id);
    }

    private void raise(String topic) {
        graves.remove(topic);
    }

    private void live(int segment, long by) {
        Segment found = segment < 0 ? null : segments.apply(segment);
        if (found != null) {
            found.live += by;
        }
    }
}
