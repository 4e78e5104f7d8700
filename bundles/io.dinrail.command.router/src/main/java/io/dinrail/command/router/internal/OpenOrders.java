package io.dinrail.command.router.internal;

import io.dinrail.model.api.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** All open commands: by id, by device and by deadline; safe for use by many threads, changes to a lane under its lock. */
final class OpenOrders {
    private record Deadline(Instant at, String id) {}

    private static final Comparator<Deadline> SOONEST_FIRST =
            Comparator.comparing(Deadline::at).thenComparing(Deadline::id);

    private final ConcurrentMap<String, Order> byId = new ConcurrentHashMap<>();
    private final ConcurrentMap<DeviceId, Lane> lanes = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Deadline> deadlines = new ConcurrentSkipListSet<>(SOONEST_FIRST);
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    OpenOrders(int most) {
        this.most = most;
    }

    /** Reserves room for one command. */
    boolean reserve() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void giveBack() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    Lane lane(DeviceId device) {
        return lanes.computeIfAbsent(device, Lane::new);
    }

    Optional<Lane> existingLane(DeviceId device) {
        return Optional.ofNullable(lanes.get(device));
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    Optional<Order> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Takes a command for which room is reserved. */
    void add(Order order) {
        order.lane.add(order);
        byId.put(order.id, order);
        deadlines.add(new Deadline(order.expiresAt, order.id));
    }

    /** Takes a command that was open when the platform ended, whatever the bound: it was accepted. */
    void restore(CommandTable.Summary kept) {
        count.incrementAndGet();
        Lane lane = lane(kept.device());
        add(new Order(kept.id(), kept.type(), lane, kept.ranking(), kept.state(), kept.expiresAt()));
    }

    void close(Order order) {
        order.lane.remove(order);
        if (order.lane.isRetired()) {
            lanes.remove(order.lane.device, order.lane);
        }
        byId.remove(order.id);
        deadlines.remove(new Deadline(order.expiresAt, order.id));
        deadlines.remove(new Deadline(order.expiresAt.plus(Order.PATIENCE), order.id));
        count.decrementAndGet();
        order.closed.countDown();
    }

    /** Drops a lane that never came to hold anything. */
    void dropIfEmpty(Lane lane) {
        if (lane.size() == 0) {
            lane.retire();
            lanes.remove(lane.device, lane);
        }
    }

    /** Takes out those whose time is over, at most so many; one that was given more time meanwhile is left. */
    List<Order> overdue(Instant now, int atMost) {
        List<Order> overdue = new ArrayList<>();
        for (Iterator<Deadline> soonest = deadlines.iterator(); soonest.hasNext() && overdue.size() < atMost; ) {
            Deadline deadline = soonest.next();
            if (deadline.at.isAfter(now)) {
                break;
            }
            soonest.remove();
            find(deadline.id).ifPresent(order -> {
                if (order.deadline().isAfter(now)) {
                    deadlines.add(new Deadline(order.deadline(), order.id));
                } else {
                    overdue.add(order);
                }
            });
        }
        return overdue;
    }

    Optional<Instant> nextDeadline() {
        return deadlines.stream().findFirst().map(Deadline::at);
    }
}
