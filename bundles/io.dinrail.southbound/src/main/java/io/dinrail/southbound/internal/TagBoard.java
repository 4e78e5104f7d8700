package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The tags of one instance. A change of a tag and its reading's way to the bus are one step under one lock, so that the bus hears them in order. Safe
 * for use by many threads.
 */
final class TagBoard {
    /** How many tags there are in which condition. */
    record Counts(int tags, int good, int bad, int stale) {}

    /** A sample and the tag that it is of. */
    record Sampled(TagState tag, Sample sample) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Timepiece time;
    private final Counters counters;
    private final Outlet outlet;
    private volatile Map<TagId, TagState> tags = Map.of();
    private volatile Set<DeviceId> foreseen = Set.of();
    private volatile TagLimits limits = new TagLimits(Optional.empty(), Duration.ZERO, false);

    TagBoard(Timepiece time, Counters counters, Outlet outlet) {
        this.time = time;
        this.counters = counters;
        this.outlet = outlet;
    }

    /** Notes whose tags are to come. */
    void foresee(Set<DeviceId> devices) {
        foreseen = Set.copyOf(devices);
    }

    /** @return whether tags of a device are to come, so that nobody can tell yet which. */
    boolean foresees(DeviceId device) {
        return foreseen.contains(device);
    }

    Optional<TagState> find(TagId id) {
        return Optional.ofNullable(tags.get(id));
    }

    Collection<TagState> all() {
        return tags.values();
    }

    /** Serves these tags from now on: those that are the same keep their state, those that are gone say so once. */
    void configure(Collection<TagSpec> specs, TagLimits next) {
        locked(() -> {
            Map<TagId, TagState> before = tags;
            Map<TagId, TagState> now = new LinkedHashMap<>();
            for (TagSpec spec : specs) {
                TagState known = before.get(spec.id());
                boolean same = known != null && known.spec().equals(spec);
                now.put(spec.id(), same ? known : new TagState(spec, time));
            }
            limits = next;
            tags = Collections.unmodifiableMap(now);
            foreseen = Set.of();
            outlet.send(each(
                    before.values().stream()
                            .filter(tag -> !now.containsKey(tag.spec().id()))
                            .toList(),
                    tag -> tag.lose(Quality.CONFIG_ERROR)));
        });
    }

    /** Takes samples of one exchange; their readings reach the bus as one batch. */
    void accept(List<Sampled> samples) {
        locked(() -> {
            List<Reading> readings = new ArrayList<>(samples.size());
            for (Sampled sampled : samples) {
                TagState.Outcome outcome = sampled.tag().accept(sampled.sample(), limits, false);
                if (outcome.report()) {
                    readings.add(outcome.reading());
                }
            }
            counters.add(Counter.SUPPRESSED, samples.size() - readings.size());
            outlet.send(readings);
        });
    }

    /** Takes a sample that somebody asked for: it is reported in any case. */
    Reading acceptAsked(TagState tag, Sample sample) {
        lock.lock();
        try {
            Reading reading = tag.accept(sample, limits, true).reading();
            outlet.send(List.of(reading));
            return reading;
        } finally {
            lock.unlock();
        }
    }

    /** @return what there is to say of a tag while the device can't be reached. */
    Reading unreachable(TagState tag) {
        lock.lock();
        try {
            return tag.unreachable();
        } finally {
            lock.unlock();
        }
    }

    /** No tag can be read any more; each says so once. */
    void lose(String status) {
        locked(() -> outlet.send(each(readable(), tag -> tag.lose(status))));
    }

    /** The device is there: tags that it reports by itself have not changed since. */
    void heard() {
        locked(() -> readable().stream()
                .filter(tag -> tag.quality().filter(Quality::isGood).isPresent())
                .forEach(TagState::heard));
    }

    /** Looks after silent tags and waiting readings; leaves it for the next time if the instance is just at work. */
    void sweep() {
        if (lock.tryLock()) {
            try {
                outlet.send(each(readable(), tag -> tag.checkSilence(limits)));
                outlet.flush();
            } finally {
                lock.unlock();
            }
        }
    }

    Counts counts() {
        int good = 0;
        int bad = 0;
        int stale = 0;
        for (TagState tag : all()) {
            Optional<Quality> quality = tag.quality();
            good += quality.filter(Quality::isGood).isPresent() ? 1 : 0;
            bad += quality.filter(q -> !q.isGood()).isPresent() ? 1 : 0;
            stale += quality.filter(q -> q.status().equals(Quality.STALE)).isPresent() ? 1 : 0;
        }
        return new Counts(tags.size(), good, bad, stale);
    }

    private List<TagState> readable() {
        return all().stream().filter(tag -> tag.spec().access().reads()).toList();
    }

    private static List<Reading> each(List<TagState> tags, Function<TagState, Optional<Reading>> change) {
        return tags.stream().flatMap(tag -> change.apply(tag).stream()).toList();
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
