package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.model.api.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The open commands of one device, in the order they were taken: the next one goes when the one before it is out of our hands. Guarded by itself. */
final class Lane {
    private static final Duration RETRY = Duration.ofSeconds(30);
    /** A target that calls a device reachable and can't reach it must not keep us busy. */
    private static final Duration RETRY_REACHABLE = Duration.ofSeconds(1);

    final DeviceId device;
    /** Set by anybody when the device can be reached, taken back by {@link #next}. */
    final AtomicBoolean reachable = new AtomicBoolean();
    /** Whether the courier is on its way. */
    final AtomicBoolean called = new AtomicBoolean();

    private final Map<String, Order> orders = new LinkedHashMap<>();
    private Optional<Handover> handover = Optional.empty();
    private volatile Optional<Instant> retryAt = Optional.empty();
    private Instant failedAt = Instant.MIN;
    /** What happened, perhaps in the middle of an attempt, that makes it worth trying again. */
    private boolean targetsChanged;

    private boolean becameReachable;
    private int targetsSeen;
    private boolean retired;

    Lane(DeviceId device) {
        this.device = device;
    }

    /** @return whether this lane is out of use, and another one must be asked for. */
    boolean isRetired() {
        return retired;
    }

    void retire() {
        retired = true;
    }

    int size() {
        return orders.size();
    }

    void add(Order order) {
        orders.put(order.id, order);
    }

    void remove(Order order) {
        orders.remove(order.id);
        handover = handover.filter(current -> current.order != order);
        retired = orders.isEmpty();
    }

    /** @return when to try again what could not be handed over; empty if nothing waits for that. */
    Optional<Instant> retryAt() {
        return retryAt;
    }

    /** Takes note of what happened, and begins to hand over the next command if it is time. */
    Optional<Handover> next(Instant now, Targets targets, Reports reports) {
        noticeTargets(targets);
        noticeDevice();
        handover.ifPresent(current -> noticeOutcome(current, now));
        if (handover.isEmpty()) {
            hurry();
        }
        if (handover.isPresent() || retryAt.filter(now::isBefore).isPresent()) {
            return Optional.empty();
        }
        retryAt = Optional.empty();
        handover = orders.values().stream()
                .filter(order -> order.mayGo(now))
                .findFirst()
                .map(order -> new Handover(order, reports));
        return handover;
    }

    /** What a target had that is gone must go to another, which sees by the state that it had been handed over. */
    private void noticeTargets(Targets targets) {
        int version = targets.version();
        if (version == targetsSeen) {
            return;
        }
        targetsSeen = version;
        targetsChanged = true;
        for (Order order : orders.values()) {
            if (order.holder.filter(holder -> !targets.has(holder)).isPresent()) {
                order.pending = true;
                order.holder = Optional.empty();
                handover = handover.filter(current -> current.order != order);
            }
        }
    }

    private void noticeDevice() {
        if (!reachable.getAndSet(false)) {
            return;
        }
        becameReachable = true;
        for (Order order : orders.values()) {
            boolean going = handover.filter(current -> current.order == order).isPresent();
            order.pending |= order.state() == CommandState.SENT && !going;
        }
    }

    private void hurry() {
        if (targetsChanged) {
            retryAt = Optional.empty();
        } else if (becameReachable) {
            retryAt = retryAt.map(at -> failedAt.plus(RETRY_REACHABLE));
        }
        targetsChanged = false;
        becameReachable = false;
    }

    private void noticeOutcome(Handover current, Instant now) {
        if (current.isHeard()) {
            current.order.pending = false;
            handover = Optional.empty();
        } else if (current.isUnreachable()) {
            failedAt = now;
            retryAt = Optional.of(now.plus(RETRY));
            handover = Optional.empty();
        }
    }
}
