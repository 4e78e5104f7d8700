package io.dinrail.alert.engine.internal;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.Rule.Condition;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Quality.Level;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides by limit, hysteresis and delay; remembers only since when a value has been wrong. Guarded by its owner. */
final class Threshold {
    enum Decision {
        NONE,
        RAISE,
        CLEAR
    }

    /** A wrong value whose delay is not over: by source time since, and by our clock at the latest when due. */
    private record Hold(Instant since, Instant due, TagValue value) {}

    private final Rule rule;
    private Optional<Hold> hold = Optional.empty();

    Threshold(Rule rule) {
        this.rule = rule;
    }

    Decision decide(Reading reading, boolean standing, Instant now) {
        Optional<TagValue> usable = usable(reading);
        if (usable.isEmpty()) {
            forget();
            return Decision.NONE;
        }
        double value = number(usable.get());
        if (standing) {
            forget();
            return isRight(value) ? Decision.CLEAR : Decision.NONE;
        }
        return isWrong(value) ? wrong(reading, usable.get(), now) : forget();
    }

    /** Tells when the value that stands must raise although nothing new is heard: a tag that reports changes is silent while it stays. */
    Optional<Instant> due() {
        return hold.map(Hold::due);
    }

    /** @return the value that stood for the whole delay; empty if there is none. */
    Optional<TagValue> stood(Instant now) {
        return hold.filter(held -> !now.isBefore(held.due)).map(Hold::value);
    }

    Decision forget() {
        hold = Optional.empty();
        return Decision.NONE;
    }

    private Decision wrong(Reading reading, TagValue value, Instant now) {
        Instant at = reading.sourceTime();
        Hold first = hold.orElseGet(() -> new Hold(at, now.plus(rule.delay()), value));
        if (Duration.between(first.since, at).compareTo(rule.delay()) >= 0) {
            forget();
            return Decision.RAISE;
        }
        hold = Optional.of(new Hold(first.since, first.due, value));
        return Decision.NONE;
    }

    /** A bad value and a stale one decide nothing; any other uncertain one is used, as OPC UA means it. */
    private static Optional<TagValue> usable(Reading reading) {
        Quality quality = reading.quality();
        boolean trusted = quality.level() != Level.BAD && !quality.status().equals(Quality.STALE);
        return reading.value().filter(value -> trusted && !Double.isNaN(number(value)));
    }

    static double number(TagValue value) {
        return value.number().orElse(Double.NaN);
    }

    private boolean isWrong(double value) {
        return rule.condition() == Condition.ABOVE ? value > rule.limit() : value < rule.limit();
    }

    private boolean isRight(double value) {
        return rule.condition() == Condition.ABOVE
                ? value <= rule.limit() - rule.hysteresis()
                : value >= rule.limit() + rule.hysteresis();
    }
}
