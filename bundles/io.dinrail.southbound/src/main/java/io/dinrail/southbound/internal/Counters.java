package io.dinrail.southbound.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The counters of one instance; safe for use by many threads. */
final class Counters {
    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(Counter.values().length).toArray(LongAdder[]::new);
    private final WireMeter meter = new WireMeter();

    void add(Counter counter, long count) {
        counts[counter.ordinal()].add(count);
    }

    long get(Counter counter) {
        return counts[counter.ordinal()].sum();
    }

    WireMeter meter() {
        return meter;
    }

    Map<String, Long> view() {
        Map<String, Long> view = new HashMap<>();
        meter.show(view);
        for (Counter counter : Counter.values()) {
            view.put(counter.toString(), get(counter));
        }
        return view;
    }
}
