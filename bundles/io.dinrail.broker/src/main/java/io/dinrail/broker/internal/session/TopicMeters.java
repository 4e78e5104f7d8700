package io.dinrail.broker.internal.session;

import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.messaging.api.Traffic;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;

/**
 * A meter for each first level of a topic, of which clients can make up any number: so the first that come have one, the rest shares one. Found by the bytes
 * of the topic, since it is looked for with every message. Safe for use by many threads.
 */
final class TopicMeters {
    /** Under which the rest is shown: no topic has it. */
    static final String REST = "+";

    private static final int MOST = 64;
    private static final int LONGEST = 64;
    /** A power of two, and so many that few look at a second slot. */
    private static final int SLOTS = 8 * MOST;

    private record Slot(TopicName first, int length, Meter meter) {
        boolean isOf(TopicName topic, int level) {
            return length == level && topic.beginsAs(first, level);
        }

        /** A topic that begins with a slash has an empty first level. */
        String level() {
            int slash = first.text().indexOf('/');
            return slash < 0 ? first.text() : first.text().substring(0, Math.max(1, slash));
        }
    }

    private final AtomicReferenceArray<Slot> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger used = new AtomicInteger();
    private final Meter rest = new Meter();

    Meter of(TopicName topic) {
        int level = topic.firstLevel();
        if (level > LONGEST) {
            return rest;
        }
        Slot known = slots.get(slot(topic, level));
        if (known != null) {
            return known.meter();
        }
        return used.get() < MOST ? added(topic, level) : rest;
    }

    /** Where it stands, or where it is to stand; there is always a free one. */
    private int slot(TopicName topic, int level) {
        int at = topic.hash(level) & SLOTS - 1;
        for (Slot slot = slots.get(at); slot != null && !slot.isOf(topic, level); slot = slots.get(at)) {
            at = at + 1 & SLOTS - 1;
        }
        return at;
    }

    private synchronized Meter added(TopicName topic, int level) {
        int at = slot(topic, level);
        Slot known = slots.get(at);
        if (known != null || used.get() == MOST) {
            return known == null ? rest : known.meter();
        }
        Slot fresh = new Slot(topic, level, new Meter());
        slots.set(at, fresh);
        used.incrementAndGet();
        return fresh.meter();
    }

    void each(BiConsumer<String, Traffic> visitor) {
        for (int at = 0; at < SLOTS; at++) {
            Slot slot = slots.get(at);
            if (slot != null) {
                visitor.accept(slot.level(), slot.meter().traffic());
            }
        }
        Traffic others = rest.traffic();
        if (!others.equals(Traffic.NONE)) {
            visitor.accept(REST, others);
        }
    }
}
