package io.dinrail.broker.internal.routing;

import java.util.Arrays;

/** A list without change in place; changing it copies a chunk and the list of chunks, so that a group may be large. */
final class Roster<S> {
    private static final int CHUNK = 256;

    final int size;
    private final Object[][] chunks;

    Roster() {
        this(0, new Object[0][]);
    }

    private Roster(int size, Object[][] chunks) {
        this.size = size;
        this.chunks = chunks;
    }

    @SuppressWarnings("unchecked")
    Subscription<S> get(int index) {
        return (Subscription<S>) chunks[index / CHUNK][index % CHUNK];
    }

    /** With a member at the index, which may be the one after the last. */
    Roster<S> with(int index, Subscription<S> member) {
        int chunk = index / CHUNK;
        Object[][] copy = Arrays.copyOf(chunks, Math.max(chunks.length, chunk + 1));
        int length = Math.min(CHUNK, Math.max(size, index + 1) - chunk * CHUNK);
        copy[chunk] = chunk < chunks.length ? Arrays.copyOf(chunks[chunk], length) : new Object[length];
        copy[chunk][index % CHUNK] = member;
        return new Roster<>(Math.max(size, index + 1), copy);
    }

    Roster<S> withoutLast() {
        int last = size - 1;
        int chunk = last / CHUNK;
        Object[][] copy = Arrays.copyOf(chunks, last % CHUNK == 0 ? chunk : chunk + 1);
        if (chunk < copy.length) {
            copy[chunk] = Arrays.copyOf(chunks[chunk], last % CHUNK);
        }
        return new Roster<>(last, copy);
    }
}
