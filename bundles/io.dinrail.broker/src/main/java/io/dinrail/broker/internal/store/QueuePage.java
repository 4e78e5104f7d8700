package io.dinrail.broker.internal.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A run of a queue, by order: six bytes an entry. */
final class QueuePage {
    static final int BITS = 7;
    static final int SIZE = 1 << BITS;

    /** Where most of its entries stand, to estimate what lives there. */
    int segment;

    private final long base;
    private final long[] live = new long[SIZE / 64];
    private int first;
    private int[] messages = new int[4];
    private char[] options = new char[4];
    private Map<Integer, Long> far = Map.of();
    private int count;

    QueuePage(long base, int first) {
        this.base = base;
        this.first = first;
    }

    int count() {
        return count;
    }

    boolean has(int slot) {
        return (live[slot >> 6] & 1L << slot) != 0;
    }

    /** The next live slot at or behind this one, or SIZE. */
    int next(int slot) {
        int at = slot;
        while (at < SIZE && !has(at)) {
            at++;
        }
        return at;
    }

    long message(int slot) {
        Long distant = far.isEmpty() ? null : far.get(slot);
        return distant != null ? distant : base + (messages[slot - first] - (int) base);
    }

    char option(int slot) {
        return options[slot - first];
    }

    void add(int slot, long message, char option) {
        reach(slot);
        messages[slot - first] = (int) message;
        options[slot - first] = option;
        if (base + ((int) message - (int) base) != message) {
            far = far.isEmpty() ? new HashMap<>() : far;
            far.put(slot, message);
        }
        live[slot >> 6] |= 1L << slot;
        count++;
    }

    void remove(int slot) {
        live[slot >> 6] &= ~(1L << slot);
        count--;
        if (!far.isEmpty()) {
            far.remove(slot);
        }
    }

    private void reach(int slot) {
        if (slot < first) {
            int[] all = new int[SIZE];
            char[] with = new char[SIZE];
            System.arraycopy(messages, 0, all, first, Math.min(messages.length, SIZE - first));
            System.arraycopy(options, 0, with, first, Math.min(options.length, SIZE - first));
            messages = all;
            options = with;
            first = 0;
        } else if (slot - first >= messages.length) {
            int length = Math.min(SIZE - first, Math.max(2 * messages.length, slot - first + 1));
            messages = Arrays.copyOf(messages, length);
            options = Arrays.copyOf(options, length);
        }
    }
}
