package io.dinrail.event.admin.internal;

import io.dinrail.event.api.LiveReadings;
import io.dinrail.event.api.RecordedReading;
import io.dinrail.model.api.TagId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest reading of every tag, of a bounded number of tags. Read by many threads, updated by one at a time. */
final class LiveTable implements LiveReadings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTable.class);
    private static final Comparator<RecordedReading> BY_TAG =
            Comparator.comparing(recorded -> recorded.reading().tag());

    private final Map<TagId, RecordedReading> newest = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final int most;
    private int size;

    LiveTable(int most) {
        this.most = most;
    }

    void update(List<RecordedReading> readings) {
        for (RecordedReading recorded : readings) {
            if (recorded.reading().isBackfilled()) {
                continue; // it tells of the past
            }
            TagId tag = recorded.reading().tag();
            if (size < most || newest.containsKey(tag)) {
                size += newest.put(tag, recorded) == null ? 1 : 0;
            } else if (refused.getAndIncrement() == 0) {
                LOG.warn(
                        "The table of live values is full with {} tags; tags beyond these are recorded and have no live value, {} the first.",
                        most,
                        tag);
            }
        }
    }

    /** Readings whose tag found no room, since the platform started. */
    long refused() {
        return refused.get();
    }

    @Override
    public List<RecordedReading> all() {
        return newest.values().stream().sorted(BY_TAG).toList();
    }

    @Override
    public Optional<RecordedReading> latest(TagId tag) {
        return Optional.ofNullable(newest.get(tag));
    }
}
