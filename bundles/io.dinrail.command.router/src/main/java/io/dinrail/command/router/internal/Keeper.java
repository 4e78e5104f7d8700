package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.event.api.CommandChanged;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings progress into the store, at once or as soon as that works again; what waits is at most the newest state of every open command. Safe for use by many
 * threads.
 */
final class Keeper {
    /** Few enough that a device waits for no more than a moment while others' commands are saved. */
    private static final int STEP = 200;

    private final OpenOrders open;
    private final CommandTable commands;
    private final Outbox outbox;
    private final Clock clock;
    private final Ticker ticker;
    private final AtomicLong closed = new AtomicLong();
    private final AtomicBoolean called = new AtomicBoolean();
    /** Guarded by this, like the trouble; a lane's lock may be held around it, never the other way round. */
    private final Set<Order> unsaved = new LinkedHashSet<>();

    private final StoreTrouble trouble = new StoreTrouble();

    Keeper(OpenOrders open, CommandTable commands, Outbox outbox, Clock clock, Ticker ticker) {
        this.open = open;
        this.commands = commands;
        this.outbox = outbox;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Saves on the router's thread; returns at once. */
    void later(Order order) {
        synchronized (this) {
            unsaved.add(order);
        }
        callSaving();
    }

    /** Saves before it returns, unless the store is known to fail. */
    void now(Order order) {
        if (mayTry()) {
            save(order);
            outbox.send();
        } else {
            later(order);
        }
    }

    /** Saves some of what is waiting, if it is time; on the router's thread. */
    void work() {
        called.set(false);
        if (mayTry()) {
            saveSome();
            outbox.send();
        }
        synchronized (this) {
            trouble.retryAt().ifPresent(ticker::wakeAt);
            if (unsaved.isEmpty() || !trouble.isOver()) {
                return;
            }
        }
        callSaving();
    }

    /** Saves what can be saved within a time. @return how many commands have a state that is not kept. */
    int finish(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean works = true;
        for (List<Order> some = oldest(1); works && !some.isEmpty() && System.nanoTime() < end; some = oldest(1)) {
            works = save(some.get(0));
        }
        outbox.send();
        return oldest(Integer.MAX_VALUE).size();
    }

    /** @return how many commands came into a final state since the start. */
    long closed() {
        return closed.get();
    }

    private void saveSome() {
        for (Order order : oldest(STEP)) {
            if (!save(order)) {
                return;
            }
        }
    }

    private void callSaving() {
        if (called.compareAndSet(false, true)) {
            ticker.execute(this::work);
        }
    }

    private synchronized boolean mayTry() {
        return trouble.isOver() || trouble.isDue(clock.instant());
    }

    private synchronized List<Order> oldest(int most) {
        return unsaved.stream().limit(most).toList();
    }

    /** The lane's lock keeps events in the order of commits. */
    private boolean save(Order order) {
        synchronized (order.lane) {
            try {
                if (order.unsaved().isPresent()) {
                    save(order, order.unsaved().get());
                }
                mended(order);
                return true;
            } catch (SQLException e) {
                failed(order, e);
                return false;
            }
        }
    }

    private void save(Order order, Order.Step step) throws SQLException {
        commands.step(order.id, step);
        order.saved(step);
        CommandState state = step.state();
        outbox.add(new CommandChanged(state.name(), order.id, order.lane.device, order.type, step.result(), step.at()));
        if (state.isFinal()) {
            open.close(order);
            closed.incrementAndGet();
        }
    }

    private synchronized void mended(Order order) {
        if (order.unsaved().isEmpty()) {
            unsaved.remove(order);
        }
        if (unsaved.isEmpty()) {
            trouble.mended();
        }
    }

    private synchronized void failed(Order order, SQLException cause) {
        unsaved.add(order);
        trouble.failed(cause, clock.instant());
        trouble.retryAt().ifPresent(ticker::wakeAt);
    }
}
