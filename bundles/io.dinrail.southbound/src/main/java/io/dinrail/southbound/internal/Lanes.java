package io.dinrail.southbound.internal;

import io.dinrail.connector.api.LaneStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The lanes of one connection. For the instance's thread, but for what is shown. */
final class Lanes {
    private final Timepiece time;
    private final Supplier<Backoff> backoff;
    private final Map<Object, Lane> lanes = new LinkedHashMap<>();
    private volatile List<LaneStatus> shown = List.of();

    /** @param backoff makes the waits of a lane. */
    Lanes(Timepiece time, Supplier<Backoff> backoff) {
        this.time = time;
        this.backoff = backoff;
    }

    /** Knows the lane by what its connector calls it. */
    Lane of(Object key) {
        return lanes.computeIfAbsent(key, name -> new Lane(name.toString(), time, backoff.get()));
    }

    /** Forgets those that no tag is on any more. */
    void keepOnly(Set<Lane> used) {
        lanes.values().retainAll(used);
        show();
    }

    Collection<Lane> all() {
        return lanes.values();
    }

    /** The connection is a fresh one: if no lane answered on the old one, none of them rests any longer. */
    void reopened() {
        if (lanes.values().stream().noneMatch(Lane::stands)) {
            lanes.values().forEach(Lane::wake);
        }
    }

    /** @return whether another lane still speaks for the connection. */
    boolean failed(Lane lane, String why) {
        lane.failed(why);
        show();
        return lanes.values().stream().anyMatch(Lane::stands);
    }

    /** @return whether the lane had failed before. */
    boolean answered(Lane lane) {
        boolean back = lane.answered();
        if (back) {
            show();
        }
        return back;
    }

    /** @return how long until a lane is to be polled or tried again, in nanoseconds; empty if none is polled. */
    OptionalLong untilNext() {
        return lanes.values().stream()
                .flatMapToLong(lane -> lane.untilDue().stream())
                .min();
    }

    /**
     * Chooses who is polled next: among those that take alike who has waited longest, but a quick one before a slow or dead one, so that nobody waits for
     * two of these in a row. Since what counts is the wait in relation to the time that a poll takes, the slow ones get their turn in any case.
     *
     * @return empty if none is due.
     */
    Optional<Lane> next() {
        return lanes.values().stream()
                .filter(lane -> lane.urgency() >= 0)
                .max(Comparator.comparingDouble(Lane::urgency));
    }

    /** @return which lanes are down and why, one sentence; empty if none is. */
    String trouble() {
        return lanes.values().stream()
                .filter(lane -> !lane.isUp())
                .limit(5)
                .map(lane -> lane.name() + " is down: " + lane.reason())
                .collect(Collectors.joining("; "));
    }

    /** @return what to show of the lanes, if there is more than one; for any thread. */
    List<LaneStatus> shown() {
        return shown;
    }

    private void show() {
        shown = lanes.size() < 2
                ? List.of()
                : lanes.values().stream().map(Lane::status).toList();
    }
}
