package io.dinrail.southbound.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The counters of one instance; safe for use by many threads. */
final class Counters {
    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(Counter.values().length).toArray(LongAdder[]::new);

    void add(Counter counter, long count) {
        counts[counter.ordinal()].add(count);
    }

    long get(Counter counter) {
        return counts[counter.ordinal()].sum();
    }

    Map<String, Long> view() {
        return Arrays.stream(Counter.values()).collect(Collectors.toMap(Counter::toString, this::get));
    }
}
