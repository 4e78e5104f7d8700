package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the host knows of one tag, and its decision what to report. Guarded by the lock of its {@link TagBoard}, but for the quality. */
final class TagState {
    /** A sample made a reading, and whether it is to be reported. */
    record Outcome(Reading reading, boolean report) {}

    private final TagSpec spec;
    private final Timepiece time;
    private volatile @Nullable Quality quality;
    private Optional<TagValue> lastGood = Optional.empty();
    private volatile Optional<TagValue> lastRaw = Optional.empty();
    private @Nullable Reading lastReported;
    private long reportedAt;
    private long heardAt;

    TagState(TagSpec spec, Timepiece time) {
        this.spec = spec;
        this.time = time;
    }

    TagSpec spec() {
        return spec;
    }

    /** @return the quality last told; empty if nothing was. */
    Optional<Quality> quality() {
        return Optional.ofNullable(quality);
    }

    /** @return the last good value in the device's raw unit, for as long as it is good. */
    Optional<TagValue> goodRaw() {
        Quality now = quality;
        return now != null && now.isGood() ? lastRaw : Optional.empty();
    }

    /** Takes what the device gave. */
    Outcome accept(Sample sample, TagLimits limits, boolean always) {
        heard();
        Optional<TagValue> engineering = sample.value().map(raw -> Scaling.toEngineering(spec, raw));
        boolean noNumber = engineering.filter(TagState::isNoNumber).isPresent();
        Quality now = sample.quality().isGood() && noNumber ? Quality.bad(Quality.DEVICE_FAILURE) : sample.quality();
        Quality before = quality;
        quality = now;
        if (now.isGood()) {
            lastGood = engineering;
            lastRaw = sample.value();
        }
        Reading reading = reading(now, sample.sourceTime());
        boolean report = always || !now.equals(before) || now.isGood() && worthReporting(reading, limits);
        if (report) {
            lastReported = reading;
            reportedAt = time.nanos();
        }
        return new Outcome(reading, report);
    }

    /** Hears that the value can't be had; tells it once. */
    Optional<Reading> lose(String status) {
        return turn(Quality.bad(status));
    }

    /** Looks whether the tag was silent for too long; tells it once. A tag that is bad already stays so. */
    Optional<Reading> checkSilence(TagLimits limits) {
        Quality now = quality;
        boolean told =
                now == null || now.level() == Quality.Level.BAD || now.status().equals(Quality.STALE);
        return told || !time.passed(heardAt, limits.staleAfter(spec))
                ? Optional.empty()
                : turn(Quality.uncertain(Quality.STALE));
    }

    /** Notes that the device is there, and would have reported a change. */
    void heard() {
        heardAt = time.nanos();
    }

    /** @return what there is to say while the device can't be reached. */
    Reading unreachable() {
        return reading(Quality.bad(Quality.COMM_FAILURE), Optional.empty());
    }

    private Optional<Reading> turn(Quality next) {
        if (next.equals(quality)) {
            return Optional.empty();
        }
        quality = next;
        Reading reading = reading(next, Optional.empty());
        lastReported = reading;
        reportedAt = time.nanos();
        return Optional.of(reading);
    }

    private boolean worthReporting(Reading reading, TagLimits limits) {
        Reading last = lastReported;
        if (last == null) {
            return true;
        }
        boolean sameMoment = last.sourceTime().equals(reading.sourceTime());
        if (limits.subscribed() && sameMoment && last.value().equals(reading.value())) {
            return false; // a new subscription begins with what is known already
        }
        Duration silence = limits.maxSilence();
        return spec.deadband().isEmpty()
                || moved(last.value(), reading.value(), spec.deadband().getAsDouble())
                || !silence.isZero() && time.passed(reportedAt, silence);
    }

    private static boolean moved(Optional<TagValue> from, Optional<TagValue> to, double deadband) {
        OptionalDouble old = from.map(TagValue::number).orElse(OptionalDouble.empty());
        OptionalDouble now = to.map(TagValue::number).orElse(OptionalDouble.empty());
        return old.isPresent() && now.isPresent()
                ? Math.abs(now.getAsDouble() - old.getAsDouble()) > deadband
                : !from.equals(to);
    }

    private Reading reading(Quality now, Optional<Instant> sourceTime) {
        Instant received = time.now();
        return new Reading(spec.id(), lastGood, now, sourceTime.orElse(received), received, spec.unit());
    }

    private static boolean isNoNumber(TagValue value) {
        return value instanceof TagValue.Real real && !Double.isFinite(real.value());
    }
}
