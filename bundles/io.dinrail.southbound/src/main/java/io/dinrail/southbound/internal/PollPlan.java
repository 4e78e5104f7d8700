package io.dinrail.southbound.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which tags are read together: those of one lane that are due at one time.
 *
 * @param <P> the protocol's parsed address.
 */
final class PollPlan<P> {
    /**
     * Tags to read with one call.
     *
     * @param tags which.
     * @param points their points, in the same order.
     */
    record Batch<P>(List<TagState> tags, List<P> points) {
        Batch() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Map<Lane, Map<Duration, Batch<P>>> batches;

    private PollPlan(Map<Lane, Map<Duration, Batch<P>>> batches) {
        this.batches = batches;
    }

    static <P> PollPlan<P> empty() {
        return new PollPlan<>(Map.of());
    }

    Set<Duration> periods(Lane lane) {
        return batches.getOrDefault(lane, Map.of()).keySet();
    }

    /** @return what is due, possibly nothing; in the order of their periods, the same each time. */
    Batch<P> due(Lane lane, Set<Duration> due) {
        List<Batch<P>> found = new ArrayList<>(2);
        batches.getOrDefault(lane, Map.of()).forEach((period, batch) -> {
            if (due.contains(period)) {
                found.add(batch);
            }
        });
        return found.size() == 1 ? found.get(0) : joined(found);
    }

    private static <P> Batch<P> joined(List<Batch<P>> several) {
        Batch<P> all = new Batch<>();
        several.forEach(batch -> {
            all.tags().addAll(batch.tags());
            all.points().addAll(batch.points());
        });
        return all;
    }

    /** Collects tags. */
    static final class Builder<P> {
        private final Map<Lane, Map<Duration, Batch<P>>> batches = new HashMap<>();

        void add(Lane lane, TagState tag, P point) {
            Batch<P> batch = batches.computeIfAbsent(lane, key -> new TreeMap<>())
                    .computeIfAbsent(tag.spec().poll(), key -> new Batch<>());
            batch.tags().add(tag);
            batch.points().add(point);
        }

        PollPlan<P> build() {
            return new PollPlan<>(batches);
        }
    }
}
