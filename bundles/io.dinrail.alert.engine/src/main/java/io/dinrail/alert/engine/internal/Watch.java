package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Rule;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.AlertChanged.Kind;
import io.dinrail.model.api.TagValue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * One rule at work: its threshold, its open alert, and what the store has not taken yet, which is one raising and one clearing at the most. Guarded by
 * its owner; only {@link #open} may be asked by anybody.
 */
final class Watch {
    /** What was decided, and not kept yet. */
    private record Unsaved(TagValue value, Instant at) {}

    final Rule rule;
    final Threshold threshold;
    private volatile Optional<Alert> open;
    private Optional<Unsaved> raising = Optional.empty();
    private Optional<Unsaved> clearing = Optional.empty();

    Watch(Rule rule, Optional<Alert> open) {
        this.rule = rule;
        this.threshold = new Threshold(rule);
        this.open = open;
    }

    /** @return the alert that is open in the store. */
    Optional<Alert> open() {
        return open;
    }

    void open(Alert alert) {
        open = Optional.of(alert);
    }

    /** @return whether the alert stands by what was decided, kept or not. */
    boolean stands() {
        return (open.isPresent() || raising.isPresent()) && clearing.isEmpty();
    }

    /**
     * Wants the alert raised.
     *
     * @return whether it went into an earlier one, whose clearing the store has not taken.
     */
    boolean raise(TagValue value, Instant at) {
        if (clearing.isPresent()) {
            clearing = Optional.empty();
            return true;
        }
        raising = Optional.of(new Unsaved(value, at));
        return false;
    }

    void clear(TagValue value, Instant at) {
        clearing = Optional.of(new Unsaved(value, at));
    }

    /** Keeps what was decided; whatever fails is still to be kept. */
    void save(AlertTable alerts, Outbox outbox) throws SQLException {
        if (raising.isPresent()) {
            Unsaved raise = raising.get();
            Alert alert = alerts.raise(rule, Threshold.number(raise.value), raise.at);
            open = Optional.of(alert);
            raising = Optional.empty();
            outbox.add(changed(Kind.RAISED, alert, Optional.of(raise.value), raise.at));
        }
        if (clearing.isPresent() && open.isPresent()) {
            Unsaved clear = clearing.get();
            Alert alert = open.get();
            alerts.clear(alert.id(), clear.at);
            open = Optional.empty();
            clearing = Optional.empty();
            outbox.add(changed(Kind.CLEARED, alert, Optional.of(clear.value), clear.at));
        }
    }

    static AlertChanged changed(Kind kind, Alert alert, Optional<TagValue> value, Instant at) {
        return new AlertChanged(
                kind,
                alert.id(),
                alert.rule(),
                alert.tag(),
                alert.severity(),
                alert.message(),
                value,
                alert.limit(),
                at);
    }
}
