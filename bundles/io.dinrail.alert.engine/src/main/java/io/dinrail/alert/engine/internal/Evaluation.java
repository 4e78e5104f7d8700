package io.dinrail.alert.engine.internal;

import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Applies readings and time to the watches. Guarded by its owner. */
final class Evaluation {
    private final Map<TagId, List<Watch>> byTag = new HashMap<>();
    /** Watches whose delay runs. */
    private final Set<Watch> held = new LinkedHashSet<>();
    /** Watches that don't know what their tag stands at: nothing was read since they began, or readings are gone. */
    private final Set<Watch> unheard = new LinkedHashSet<>();

    private final Keeper keeper;
    private long merged;
    private long cleared;

    Evaluation(Keeper keeper) {
        this.keeper = keeper;
    }

    void add(Watch watch) {
        byTag.computeIfAbsent(watch.rule.tag(), tag -> new ArrayList<>(1)).add(watch);
        unheard.add(watch);
    }

    void remove(Watch watch) {
        List<Watch> watches = byTag.getOrDefault(watch.rule.tag(), new ArrayList<>(1));
        watches.remove(watch);
        if (watches.isEmpty()) {
            byTag.remove(watch.rule.tag());
        }
        held.remove(watch);
        unheard.remove(watch);
    }

    void take(Reading reading, Instant now) {
        if (reading.isBackfilled()) {
            return; // an alert is about now
        }
        for (Watch watch : byTag.getOrDefault(reading.tag(), List.of())) {
            unheard.remove(watch);
            judge(watch, reading, now);
        }
    }

    /** Readings of a device are gone: no delay may run over the gap, and the value may have come to stand elsewhere. */
    void lost(DeviceId device) {
        byTag.values().stream()
                .flatMap(List::stream)
                .filter(watch -> watch.rule.tag().device().equals(device))
                .forEach(watch -> {
                    watch.threshold.forget();
                    held.remove(watch);
                    unheard.add(watch);
                });
    }

    Set<TagId> unheard() {
        Set<TagId> tags = new HashSet<>();
        unheard.forEach(watch -> tags.add(watch.rule.tag()));
        return tags;
    }

    /** Hears what the tags asked about stand at; a reading that came meanwhile has precedence. */
    void standing(Set<TagId> asked, Map<TagId, Reading> found, Instant now) {
        for (Watch watch : List.copyOf(unheard)) {
            TagId tag = watch.rule.tag();
            if (asked.contains(tag)) {
                unheard.remove(watch);
                Optional.ofNullable(found.get(tag)).ifPresent(reading -> judge(watch, reading, now));
            }
        }
    }

    void tick(Instant now) {
        for (Watch watch : List.copyOf(held)) {
            watch.threshold.stood(now).ifPresent(value -> {
                watch.threshold.forget();
                held.remove(watch);
                raise(watch, value, now);
            });
        }
        keeper.retry(now);
    }

    /** @return when {@link #tick} is wanted next; empty if nothing is due. */
    Optional<Instant> next() {
        Stream<Instant> delays = held.stream().flatMap(watch -> watch.threshold.due().stream());
        return Stream.concat(delays, keeper.retryAt().stream()).min(Instant::compareTo);
    }

    /** @return how many raisings went into an alert whose clearing the store had not taken yet. */
    long merged() {
        return merged;
    }

    long cleared() {
        return cleared;
    }

    private void judge(Watch watch, Reading reading, Instant now) {
        switch (watch.threshold.decide(reading, watch.stands(), now)) {
            case RAISE -> raise(watch, reading.value().orElseThrow(), now);
            case CLEAR -> clear(watch, reading.value().orElseThrow(), now);
            case NONE -> {}
        }
        if (watch.threshold.due().isPresent()) {
            held.add(watch);
        } else {
            held.remove(watch);
        }
    }

    private void raise(Watch watch, TagValue value, Instant now) {
        if (watch.raise(value, now)) {
            merged++;
        }
        keeper.save(watch, now);
    }

    private void clear(Watch watch, TagValue value, Instant now) {
        watch.clear(value, now);
        cleared++;
        keeper.save(watch, now);
    }
}
