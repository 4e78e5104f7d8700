package io.dinrail.southbound.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by words that a connector chooses: of too many different ones the later are counted together. Safe for use by many threads. */
final class Kinds {
    static final int MOST = 32;
    static final String OTHERS = "other";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String kind) {
        LongAdder count = counts.get(kind);
        if (count == null) {
            String counted = counts.size() < MOST ? kind : OTHERS;
            count = counts.computeIfAbsent(counted, key -> new LongAdder());
        }
        count.increment();
    }

    long sum() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Adds each kind to a view as {@code prefix.kind}. */
    void show(String prefix, Map<String, Long> view) {
        counts.forEach((kind, count) -> view.put(prefix + "." + kind, count.sum()));
    }
}
