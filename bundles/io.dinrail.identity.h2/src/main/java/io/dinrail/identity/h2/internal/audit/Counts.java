package io.dinrail.identity.h2.internal.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what happened; bounded, safe for use by many threads. */
final class Counts {
    static final String DROPPED = "dropped";
    private static final int MOST_KINDS = 200;

    private final Map<String, LongAdder> byKind = new ConcurrentHashMap<>(Map.of(DROPPED, new LongAdder()));

    void add(String kind) {
        String counted = byKind.containsKey(kind) || byKind.size() < MOST_KINDS ? kind : "other";
        byKind.computeIfAbsent(counted, key -> new LongAdder()).increment();
    }

    long of(String kind) {
        LongAdder count = byKind.get(kind);
        return count == null ? 0 : count.sum();
    }

    Map<String, Long> all() {
        Map<String, Long> sums = new TreeMap<>();
        byKind.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }
}
