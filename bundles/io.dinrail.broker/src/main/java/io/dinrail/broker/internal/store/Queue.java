package io.dinrail.broker.internal.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What waits for one session, by order; an order is never used again. */
final class Queue {
    private static final byte[] NONE = {};
    private static final int ONE_BYTE = 257;
    /** When a queue holds more kinds of options than a char can tell apart. */
    private static final char ODD = Character.MAX_VALUE;

    interface Visitor {
        void entry(long order, long message);
    }

    private final TreeMap<Long, QueuePage> pages = new TreeMap<>();
    private Map<ByteBuffer, Character> optionIndex = Map.of();
    private List<byte[]> optionTable = List.of();
    private Map<Long, byte[]> odd = Map.of();
    private long next;
    private long count;

    long next() {
        return next;
    }

    long count() {
        return count;
    }

    /** Says that all orders below this one are used. */
    void used(long order) {
        next = Math.max(next, order);
    }

    boolean has(long order) {
        QueuePage page = pages.get(order >> QueuePage.BITS);
        return page != null && page.has(slot(order));
    }

    long message(long order) {
        return page(order).message(slot(order));
    }

    byte[] options(long order) {
        char index = page(order).option(slot(order));
        if (index == 0) {
            return NONE;
        }
        if (index == ODD) {
            return odd.getOrDefault(order, NONE);
        }
        return index < ONE_BYTE ? new byte[] {(byte) (index - 1)} : optionTable.get(index - ONE_BYTE);
    }

    QueuePage page(long order) {
        QueuePage page = pages.get(order >> QueuePage.BITS);
        if (page == null) {
            throw new IllegalArgumentException("no entry of order " + order);
        }
        return page;
    }

    /** Answers the page, for the books of what lives where. */
    QueuePage add(long order, long message, byte[] options) {
        QueuePage page = pages.computeIfAbsent(order >> QueuePage.BITS, number -> new QueuePage(message, slot(order)));
        char index = index(options);
        if (index == ODD) {
            odd = odd.isEmpty() ? new HashMap<>() : odd;
            odd.put(order, options);
        }
        page.add(slot(order), message, index);
        used(order + 1);
        count++;
        return page;
    }

    void remove(long order) {
        QueuePage page = page(order);
        page.remove(slot(order));
        count--;
        if (!odd.isEmpty()) {
            odd.remove(order);
        }
        if (page.count() == 0) {
            pages.remove(order >> QueuePage.BITS);
        }
        if (count == 0) {
            optionIndex = Map.of();
            optionTable = List.of();
        }
    }

    /** The first order at or behind this one that is there, or -1. */
    long atOrBehind(long order) {
        long from = Math.max(0, order);
        Map.Entry<Long, QueuePage> entry = pages.ceilingEntry(from >> QueuePage.BITS);
        while (entry != null) {
            long start = entry.getKey() << QueuePage.BITS;
            int slot = entry.getValue().next(from > start ? (int) (from - start) : 0);
            if (slot < QueuePage.SIZE) {
                return start + slot;
            }
            entry = pages.higherEntry(entry.getKey());
        }
        return -1;
    }

    void each(Visitor visitor) {
        pages.forEach((number, page) -> {
            for (int slot = page.next(0); slot < QueuePage.SIZE; slot = page.next(slot + 1)) {
                visitor.entry(number << QueuePage.BITS | slot, page.message(slot));
            }
        });
    }

    /** The orders below {@link #next} that are there, as pairs of first and behind last. */
    List<long[]> runs() {
        List<long[]> runs = new ArrayList<>();
        pages.forEach((number, page) -> {
            long start = number << QueuePage.BITS;
            if (page.count() == QueuePage.SIZE) {
                join(runs, start, start + QueuePage.SIZE);
            } else {
                for (int slot = page.next(0); slot < QueuePage.SIZE; slot = page.next(slot + 1)) {
                    join(runs, start + slot, start + slot + 1);
                }
            }
        });
        return runs;
    }

    private static void join(List<long[]> runs, long from, long to) {
        if (!runs.isEmpty() && runs.get(runs.size() - 1)[1] == from) {
            runs.get(runs.size() - 1)[1] = to;
        } else {
            runs.add(new long[] {from, to});
        }
    }

    private char index(byte[] options) {
        if (options.length == 0) {
            return 0;
        }
        if (options.length == 1) {
            return (char) (1 + (options[0] & 0xFF));
        }
        Character known = optionIndex.get(ByteBuffer.wrap(options));
        if (known != null) {
            return known;
        }
        return optionTable.size() + ONE_BYTE < ODD ? learn(options) : ODD;
    }

    private char learn(byte[] options) {
        if (optionTable.isEmpty()) {
            optionIndex = new HashMap<>();
            optionTable = new ArrayList<>();
        }
        char index = (char) (ONE_BYTE + optionTable.size());
        optionTable.add(options);
        optionIndex.put(ByteBuffer.wrap(options), index);
        return index;
    }

    private static int slot(long order) {
        return (int) order & QueuePage.SIZE - 1;
    }
}
