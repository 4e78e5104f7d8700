package io.dinrail.broker.internal.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes that are stored together or not at all; used once, by one thread. What concerns a session or entry that is gone by the time of the commit is
 * left out.
 */
public final class Batch {
    interface Change {
        void on(Draft draft);
    }

    final List<Change> ends = new ArrayList<>(0);
    final List<Change> sessions = new ArrayList<>(0);
    final List<Change> rest = new ArrayList<>();
    boolean grows;
    long size;

    /** Content under an id of {@link MessageStore#newMessage}; stored only if something in this batch refers to it. */
    public Batch message(long id, byte[] content) {
        return grow(content.length, draft -> draft.message(id, content));
    }

    /** Puts a message at the end of a session's queue; its order is told by the commit. Options are the caller's, best of one byte or few kinds. */
    public Batch enqueue(long session, long message, byte[] options) {
        return grow(options.length + 32, draft -> draft.enqueue(session, message, options));
    }

    public Batch remove(long session, long order) {
        rest.add(draft -> draft.remove(session, order));
        return this;
    }

    /** Remembers a value of the caller's with an entry, such as its packet id and how far its delivery is. */
    public Batch mark(long session, long order, long value) {
        rest.add(draft -> draft.mark(session, order, value));
        return this;
    }

    public Batch received(long session, int packetId) {
        rest.add(draft -> draft.packet(Kind.RECEIVED, session, packetId));
        return this;
    }

    public Batch released(long session, int packetId) {
        rest.add(draft -> draft.packet(Kind.RELEASED, session, packetId));
        return this;
    }

    /** Begins a session under a number of {@link MessageStore#newSession}, or replaces the data of one. */
    public Batch session(long number, String client, byte[] data) {
        grows = true;
        size += data.length + 32;
        sessions.add(draft -> draft.session(number, client, data));
        return this;
    }

    /** Replaces the data of a session that is there, also when the store is full: it takes the room of what it replaces, or little more. */
    public Batch replace(long number, String client, byte[] data) {
        size += data.length + 32;
        sessions.add(draft -> draft.session(number, client, data));
        return this;
    }

    /** Ends a session with all that waits for it. */
    public Batch end(long session) {
        ends.add(draft -> draft.end(session));
        return this;
    }

    public Batch retain(String topic, long message) {
        return grow(topic.length() + 32, draft -> draft.retain(topic, message));
    }

    public Batch clear(String topic) {
        rest.add(draft -> draft.clear(topic));
        return this;
    }

    private Batch grow(int by, Change change) {
        grows = true;
        size += by;
        rest.add(change);
        return this;
    }
}
