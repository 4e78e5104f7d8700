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
    /** Up to this ratio two lanes take alike. */
    private static final double ALIKE = 2;

    private final Timepiece time;
    private final Supplier<Backoff> backoff;
    private final Map<Object, Lane> lanes = new LinkedHashMap<>();
    private final Punctuality punctuality;
    private volatile List<LaneStatus> shown = List.of();

    /** @param backoff makes the waits of a lane. */
    Lanes(Timepiece time, Supplier<Backoff> backoff) {
        this.time = time;
        this.backoff = backoff;
        this.punctuality = new Punctuality(time, lanes.values());
    }

    /** @return what the quick ones of them can wait. */
    Punctuality punctuality() {
        return punctuality;
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

    /** The connection is a fresh one: all are to be polled at once, and if no lane answered on the old one, none of them rests any longer. */
    void reopened(double part) {
        lanes.values().forEach(lane -> lane.reopened(part));
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

    /** @return how long until {@link #next} may have another answer, in nanoseconds; not above zero if it has one now, empty if none is polled. */
    OptionalLong untilNext() {
        if (next().isPresent()) {
            return OptionalLong.of(0);
        }
        return lanes.values().stream()
                .flatMapToLong(lane -> lane.untilDue().stream())
                .map(until -> until > 0 ? until : punctuality.untilHeldOut(-until))
                .filter(until -> until > 0)
                .min();
    }

    /**
     * Chooses who is polled next. Of those that answer quickly it is the one that is due first; whoever else is due, be it slow, down or unknown, waits for a
     * moment in which it could be silent for the whole timeout without making a quick one later than by that. Among the rest it is who has waited longest in
     * relation to the time that a poll of it takes, so that everyone gets a turn; but who was kept waiting by a call that takes much longer than its own comes
     * before the next such call.
     *
     * @return empty if none is due, or may come now.
     */
    Optional<Lane> next() {
        Optional<Lane> quick = lanes.values().stream()
                .filter(lane -> punctuality.isQuick(lane) && lane.isDue())
                .min(Comparator.comparingLong(Punctuality::untilDue));
        Optional<Lane> other = mostUrgentOfTheOthers();
        return quick.isEmpty()
                        || other.isPresent()
                                && other.get().urgency() > quick.get().urgency()
                ? other
                : quick;
    }

    private Optional<Lane> mostUrgentOfTheOthers() {
        double most = longestThatMayCome();
        List<Lane> due = lanes.values().stream()
                .filter(lane -> !punctuality.isQuick(lane) && lane.isDue() && lane.expected() <= most)
                .toList();
        double room = due.isEmpty() ? 0 : punctuality.room();
        return due.stream()
                .filter(lane -> punctuality.isMoment(lane, room))
                .reduce((one, other) -> other.urgency() > one.urgency() ? other : one);
    }

    private double longestThatMayCome() {
        double most = Double.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            if (lane.isOwed()) {
                most = Math.min(most, lane.expected() * ALIKE);
            }
        }
        return most;
    }

    /** @return whether a lane has yet to be polled for the first time on this connection. */
    boolean anyUnmet() {
        return lanes.values().stream().anyMatch(Lane::isUnmet);
    }

    /** A poll or try of a lane is over. @param nanos how long it took. */
    void took(Lane lane, long nanos) {
        lane.took(nanos);
        punctuality.took(nanos);
        heldUp(lane, nanos);
    }

    /** Something else was done for a lane, and the others waited. @param nanos how long. */
    void heldUp(Lane by, long nanos) {
        lanes.values().stream()
                .filter(lane -> lane != by && lane.isDue() && nanos > lane.expected() * ALIKE)
                .forEach(Lane::owe);
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
