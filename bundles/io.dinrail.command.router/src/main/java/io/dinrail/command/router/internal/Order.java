package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** An open command in memory: how far it is, and what of that the store has not taken. Its parameters stay in the store. */
final class Order {
    /** How long after its expiry a command that a device works on may stay open. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** A state reached. */
    record Step(CommandState state, String result, Instant at) {}

    /** What a report changed. */
    enum Advance {
        FORWARD,
        BEHIND,
        CLOSED
    }

    final String id;
    final String type;
    final Lane lane;
    /** The lowest ranking of a target that may have it. */
    final int ranking;

    final Instant expiresAt;
    final CountDownLatch closed = new CountDownLatch(1);

    /** Whether it is to be handed over, first or again; guarded by the lane. */
    boolean pending = true;
    /** Who has it; guarded by the lane. */
    Optional<CommandTarget> holder = Optional.empty();
    /** Why it could not be handed over the last time. */
    volatile String obstacle = "";

    private CommandState state;
    private Optional<Step> unsaved = Optional.empty();

    Order(String id, String type, Lane lane, int ranking, CommandState state, Instant expiresAt) {
        this.id = id;
        this.type = type;
        this.lane = lane;
        this.ranking = ranking;
        this.state = state;
        this.expiresAt = expiresAt;
    }

    /** Goes forward in memory, if it is forward; never waits for the store. */
    synchronized Advance advance(CommandState to, String result, Instant at) {
        if (state.isFinal()) {
            return Advance.CLOSED;
        }
        if (to.ordinal() <= state.ordinal()) {
            return Advance.BEHIND;
        }
        state = to;
        unsaved = Optional.of(new Step(to, result, at));
        return Advance.FORWARD;
    }

    /** @return the newest state, kept or not. */
    synchronized CommandState state() {
        return state;
    }

    synchronized Optional<Step> unsaved() {
        return unsaved;
    }

    synchronized void saved(Step step) {
        unsaved = unsaved.filter(newer -> newer != step);
    }

    Instant deadline() {
        return state() == CommandState.ACKNOWLEDGED ? expiresAt.plus(PATIENCE) : expiresAt;
    }

    boolean mayGo(Instant now) {
        return pending && !state().isFinal() && now.isBefore(expiresAt);
    }
}
