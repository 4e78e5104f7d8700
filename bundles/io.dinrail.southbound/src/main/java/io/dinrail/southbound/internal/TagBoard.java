package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(60);

    private final ReentrantLock lock = new ReentrantLock();
    private final Timepiece time;
    private final Counters counters;
    private final Outlet outlet;
    private volatile Map<TagId, TagState> tags = Map.of();
    private volatile Set<DeviceId> foreseen = Set.of();
    private volatile TagLimits limits = new TagLimits(Optional.empty(), Duration.ZERO, false);

    private long silenceDue;

    TagBoard(Timepiece time, Counters counters, Outlet outlet) {
        this.time = time;
        this.counters = counters;
        this.outlet = outlet;
        this.silenceDue = time.nanos();
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
            silenceDue = time.nanos();
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
        lock.lock();
        try {
            Instant received = time.now();
            List<Reading> readings = new ArrayList<>(samples.size());
            Tally tally = new Tally();
            for (Sampled sampled : samples) {
                take(sampled, received, readings, tally);
            }
            tally.addTo(counters);
            outlet.send(readings);
        } finally {
            lock.unlock();
        }
    }

    private void take(Sampled sampled, Instant received, List<Reading> readings, Tally tally) {
        TagState tag = sampled.tag();
        if (sampled.sample().backfilled()) {
            tag.backfill(sampled.sample(), received).ifPresent(reading -> {
                tally.backfilled++;
                readings.add(reading);
            });
            return;
        }
        TagState.Outcome outcome = tag.accept(sampled.sample(), limits(tag), false, received);
        outcome.reading().ifPresent(readings::add);
        tally.count(outcome.fate());
        if (tag.isOutOfRange()) {
            tally.outOfRange++;
        }
    }

    /** What of one batch is counted; its adders are asked once a batch rather than once a tag. */
    private static final class Tally {
        private int suppressed;
        private int repeated;
        private int outOfRange;
        private int backfilled;

        void count(TagState.Fate fate) {
            suppressed += fate == TagState.Fate.SUPPRESSED ? 1 : 0;
            repeated += fate == TagState.Fate.REPEATED ? 1 : 0;
        }

        void addTo(Counters counters) {
            counters.add(Counter.SUPPRESSED, suppressed);
            counters.add(Counter.REPEATED, repeated);
            counters.add(Counter.OUT_OF_RANGE, outOfRange);
            counters.add(Counter.BACKFILLED, backfilled);
        }
    }

    private TagLimits limits(TagState tag) {
        return tag.isReportedByDevice() ? limits.asSubscribed() : limits;
    }

    /** Takes a sample that somebody asked for: it is reported in any case. */
    Reading acceptAsked(TagState tag, Sample sample) {
        lock.lock();
        try {
            Reading reading =
                    tag.accept(sample, limits(tag), true, time.now()).reading().orElseThrow();
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
        lose(tags.values(), status);
    }

    /** Some tags can't be read any more; each says so once. */
    void lose(Collection<TagState> which, String status) {
        locked(() -> outlet.send(each(which, tag -> tag.lose(status))));
    }

    /** The device is there: tags that it reports by itself have not changed since. */
    void heard() {
        locked(() -> {
            for (TagState tag : all()) {
                if (tag.isReportedByDevice() && tag.isGood()) {
                    tag.heard();
                }
            }
        });
    }

    /** @return whether the device reports a tag by itself that is stale all the same. */
    boolean hasStaleReports() {
        return all().stream().anyMatch(tag -> tag.isReportedByDevice() && tag.isStale());
    }

    /** Looks after silent tags and waiting readings; leaves it for the next time if the instance is just at work. */
    void sweep() {
        if (lock.tryLock()) {
            try {
                checkSilence();
                outlet.flush();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Looks at every tag only when one may have been silent for too long: a tag heard of later can't be before that. */
    private void checkSilence() {
        long now = time.nanos();
        if (silenceDue - now > 0) {
            return;
        }
        outlet.send(each(tags.values(), tag -> tag.checkSilence(limits(tag))));
        long wait = Long.MAX_VALUE;
        for (TagState tag : tags.values()) {
            wait = Math.min(wait, tag.untilSilent(limits(tag), now));
        }
        silenceDue = now + Math.max(0, Math.min(wait, LONGEST_LOOK.toNanos()));
    }

    int waiting() {
        return outlet.waiting();
    }

    Counts counts() {
        int good = 0;
        int bad = 0;
        int stale = 0;
        for (TagState tag : all()) {
            good += tag.isGood() ? 1 : 0;
            bad += tag.quality().isPresent() && !tag.isGood() ? 1 : 0;
            stale += tag.isStale() ? 1 : 0;
        }
        return new Counts(tags.size(), good, bad, stale);
    }

    /** What a change makes of each tag that has a value; usually nothing. */
    private static List<Reading> each(Collection<TagState> tags, Function<TagState, Optional<Reading>> change) {
        List<Reading> readings = new ArrayList<>();
        for (TagState tag : tags) {
            if (tag.isReadable()) {
                change.apply(tag).ifPresent(readings::add);
            }
        }
        return readings;
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
