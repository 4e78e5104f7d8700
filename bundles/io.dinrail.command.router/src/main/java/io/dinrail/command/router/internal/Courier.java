package io.dinrail.command.router.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandTarget;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands commands to their targets, on the router's own thread and with no lock held. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** Then the other devices have their turn. */
    private static final int IN_A_ROW = 20;

    private final OpenOrders open;
    private final CommandTable commands;
    private final Targets targets;
    private final Clock clock;
    private final Ticker ticker;
    private final Reports reports;
    /** Classes of targets that threw, each logged once. */
    private final Set<String> blamed = ConcurrentHashMap.newKeySet();

    Courier(OpenOrders open, CommandTable commands, Targets targets, Clock clock, Ticker ticker, Reports reports) {
        this.open = open;
        this.commands = commands;
        this.targets = targets;
        this.clock = clock;
        this.ticker = ticker;
        this.reports = reports;
    }

    /** Sees to a lane soon; returns at once. A lane stands in the thread's queue once at the most. */
    void call(Lane lane) {
        if (lane.called.compareAndSet(false, true)) {
            ticker.execute(() -> visit(lane));
        }
    }

    void callAll() {
        open.lanes().forEach(this::call);
    }

    /** Calls the lanes whose time to try again has come. */
    void retry(Instant now) {
        for (Lane lane : open.lanes()) {
            if (lane.retryAt().filter(at -> !now.isBefore(at)).isPresent()) {
                call(lane);
            }
        }
    }

    Optional<Instant> nextRetry() {
        return open.lanes().stream().flatMap(lane -> lane.retryAt().stream()).min(Instant::compareTo);
    }

    private void visit(Lane lane) {
        lane.called.set(false);
        for (int handed = 0; !ticker.isStopped(); handed++) {
            if (handed == IN_A_ROW) {
                call(lane);
                return;
            }
            Optional<Handover> next = next(lane);
            if (next.isEmpty()) {
                break;
            }
            hand(next.get());
        }
        lane.retryAt().ifPresent(ticker::wakeAt);
    }

    private Optional<Handover> next(Lane lane) {
        synchronized (lane) {
            return lane.next(clock.instant(), targets, reports);
        }
    }

    private void hand(Handover handover) {
        Order order = handover.order;
        Optional<CommandTarget> target =
                targets.serving(order.lane.device, order.type, order.ranking).map(Targets.Entry::target);
        if (target.isEmpty() || !take(order, target.get())) {
            handover.unreachable("nothing on this platform serves it now");
            return;
        }
        try {
            Optional<Command> command = commands.find(order.id);
            if (command.isPresent()) {
                target.get().deliver(asItStands(command.get(), order), handover);
            } else {
                handover.unreachable("it is gone from the store");
            }
        } catch (SQLException e) {
            handover.unreachable("the store can't be read: " + StoreTrouble.sentence(e));
        } catch (RuntimeException | LinkageError e) {
            blame(target.get(), e);
            handover.unreachable("its target failed: " + e);
        }
    }

    /** A target that goes now either still sees the command as its own, or isn't there any more when we look. */
    private boolean take(Order order, CommandTarget target) {
        synchronized (order.lane) {
            order.holder = Optional.of(target);
        }
        return targets.has(target);
    }

    /** The store may be behind; a target must not take a command that was handed over for one that was not. */
    private static Command asItStands(Command kept, Order order) {
        return new Command(
                kept.id(),
                kept.device(),
                kept.type(),
                kept.params(),
                order.state(),
                kept.result(),
                kept.by(),
                kept.createdAt(),
                kept.expiresAt(),
                kept.changedAt());
    }

    private void blame(CommandTarget target, Throwable cause) {
        String name = target.getClass().getName();
        if (blamed.add(name)) {
            LOG.error("{} failed at taking a command, which is tried again; said once", name, cause);
        }
    }
}
