package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink.Report;
import io.dinrail.connector.api.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/** Knows of every point what was last reported, over all connections, and so what is missing after an outage; safe for many threads. */
final class Ledger {
    private static final Entry NEW = new Entry(true, Optional.empty());
    private static final Entry KNOWN = new Entry(false, Optional.empty());
    /** A server's clock and those of its sources may differ by this. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final Map<OpcuaPoint, Item> items = new LinkedHashMap<>();
    private Item[] byHandle = new Item[64];
    private int handles;
    /** Whether first values tell of an outage, during which others were missed. */
    private boolean gaps;
    /** What the server said last, by its own clock. */
    private Instant heard = Instant.EPOCH;
    /** The same when the connection broke. */
    private Instant broken = Instant.EPOCH;

    /**
     * What a sample means.
     *
     * @param isNew whether it was not reported before.
     * @param gap what is missing before it.
     */
    record Entry(boolean isNew, Optional<Gap> gap) {}

    /**
     * A time that a point's values are missing from.
     *
     * @param item which.
     * @param from exclusive.
     * @param to exclusive.
     */
    record Gap(Item item, Instant from, Instant to) {}

    /** The subscription goes on: nothing was lost unless the server says so. */
    synchronized void resume() {
        items.values().forEach(item -> item.fresh = false);
        broken = heard;
        gaps = false;
    }

    /** There is a new subscription without items. @return whether there was one before. */
    synchronized boolean restart() {
        byHandle = new Item[64];
        handles = 0;
        for (Item item : items.values()) {
            item.fresh = false;
            item.serverId = null;
            item.node = null;
            gaps |= item.last != null;
        }
        broken = heard;
        return gaps;
    }

    /** Values were lost in between. */
    synchronized void expectGaps() {
        items.values().forEach(item -> item.fresh = false);
        broken = heard;
        gaps = true;
    }

    synchronized void heard(Optional<Instant> at) {
        heard = at.filter(time -> time.isAfter(heard)).orElse(heard);
    }

    /** Forgets all but these. @return what the server calls those that it has to forget. */
    synchronized List<UInteger> keep(List<Subscribed<OpcuaPoint>> points) {
        Map<OpcuaPoint, Duration> wanted = new LinkedHashMap<>();
        points.forEach(point -> wanted.put(point.point(), point.interval()));
        List<UInteger> gone = new ArrayList<>();
        items.values().removeIf(item -> {
            boolean goes = !item.interval.equals(wanted.get(item.point));
            if (goes && item.serverId != null) {
                gone.add(item.serverId);
            }
            return goes;
        });
        for (int i = 0; i < handles; i++) {
            if (byHandle[i] != null && items.get(byHandle[i].point) != byHandle[i]) {
                byHandle[i] = null;
            }
        }
        return gone;
    }

    /** @return those of these that the server doesn't report. */
    synchronized List<Item> add(List<Subscribed<OpcuaPoint>> points) {
        List<Item> missing = new ArrayList<>();
        for (Subscribed<OpcuaPoint> point : points) {
            Item item = items.computeIfAbsent(point.point(), key -> new Item(key, point.interval()));
            if (item.serverId == null) {
                missing.add(item);
            }
        }
        return missing;
    }

    synchronized int handle(Item item) {
        if (handles == byHandle.length) {
            byHandle = Arrays.copyOf(byHandle, handles * 2);
        }
        byHandle[handles] = item;
        return handles++;
    }

    synchronized void release(int handle) {
        byHandle[handle] = null;
    }

    synchronized @Nullable Item item(int handle) {
        return handle < 0 || handle >= handles ? null : byHandle[handle];
    }

    synchronized boolean hasAlarms() {
        return items.keySet().stream().anyMatch(point -> point.kind() == OpcuaPoint.Kind.ALARMS);
    }

    /** @return those that the server reports, and of which nothing came since the connection was made. */
    synchronized List<Item> silent() {
        return items.values().stream()
                .filter(item -> item.serverId != null && !item.fresh && item.point.kind() == OpcuaPoint.Kind.VALUE)
                .toList();
    }

    /** @return what was last reported since the connection was made. */
    synchronized List<Report<OpcuaPoint>> known() {
        List<Report<OpcuaPoint>> known = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.fresh && item.last != null) {
                known.add(new Report<>(item.point, item.last));
            }
        }
        return known;
    }

    synchronized Entry enter(Item item, Sample sample, boolean overflow) {
        if (item.hasReported(sample)) {
            return KNOWN;
        }
        Optional<Gap> gap = overflow || gaps && !item.fresh ? gap(item, sample, overflow) : Optional.empty();
        item.fresh = true;
        item.last = sample;
        return gap.isEmpty() ? NEW : new Entry(true, gap);
    }

    // a point that didn't change for hours before the outage was not missed for hours
    private Optional<Gap> gap(Item item, Sample sample, boolean overflow) {
        Optional<Instant> last = item.lastTime();
        Optional<Instant> to = sample.sourceTime();
        if (last.isEmpty() || to.isEmpty() || item.withoutHistory || !last.get().isBefore(to.get())) {
            return Optional.empty();
        }
        Instant outage = broken.minus(item.interval).minus(CLOCKS_DIFFER);
        Instant from = !overflow && outage.isAfter(last.get()) && outage.isBefore(to.get()) ? outage : last.get();
        return Optional.of(new Gap(item, from, to.get()));
    }
}
