package io.dinrail.event.admin.internal;

import io.dinrail.event.api.Gap;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.DeviceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Readings that one consumer will not get, merged to ranges: one a device as long as its numbers follow each other. Not safe for many threads. */
final class GapList {
    private final List<Gap> closed = new ArrayList<>();
    private final Map<DeviceId, Range> open = new LinkedHashMap<>();

    /** The range of a device that still grows. */
    private static final class Range {
        private final long from;
        private long to;

        Range(long from, long to) {
            this.from = from;
            this.to = to;
        }

        Gap gap(DeviceId device) {
            return new Gap(device, from, to);
        }
    }

    void add(RecordedReading missed) {
        add(missed.reading().tag().device(), missed.seq(), missed.seq());
    }

    void add(Gap gap) {
        add(gap.device(), gap.from(), gap.to());
    }

    private void add(DeviceId device, long from, long to) {
        Range range = open.get(device);
        if (range != null && range.to + 1 == from) {
            range.to = to;
            return;
        }
        if (range != null) {
            closed.add(range.gap(device));
        }
        open.put(device, new Range(from, to));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The ranges; of one device in rising order. */
    List<Gap> gaps() {
        List<Gap> all = new ArrayList<>(closed);
        open.forEach((device, range) -> all.add(range.gap(device)));
        return all;
    }

    void clear() {
        closed.clear();
        open.clear();
    }

    static List<Gap> of(List<RecordedReading> missed) {
        GapList list = new GapList();
        missed.forEach(list::add);
        return list.gaps();
    }
}
