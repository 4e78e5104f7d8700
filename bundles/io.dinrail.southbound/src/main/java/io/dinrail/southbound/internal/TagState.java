package io.dinrail.southbound.internal;

import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.Reading.TimeFrom;
import io.dinrail.model.api.TagValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the host knows of one tag, and its decision what to report. Guarded by the lock of its {@link TagBoard}, but for the quality. */
final class TagState {
    private static final Quality OUT_OF_RANGE = Quality.uncertain(Quality.OUT_OF_RANGE);

    /** What became of a sample. */
    enum Fate {
        /** It is told. */
        TOLD,
        /** It is told although it is within the deadband, since nothing was for long. */
        REPEATED,
        /** It isn't told: it is within the deadband, or known already. */
        SUPPRESSED
    }

    /**
     * A sample made a reading.
     *
     * @param reading empty if it isn't told.
     */
    record Outcome(Fate fate, Optional<Reading> reading) {
        static final Outcome SUPPRESSED = new Outcome(Fate.SUPPRESSED, Optional.empty());

        boolean report() {
            return fate != Fate.SUPPRESSED;
        }
    }

    private final TagSpec spec;
    private final Timepiece time;
    private volatile @Nullable Quality quality;
    private volatile boolean reportedByDevice;
    private volatile @Nullable Lane lane;
    private Optional<TagValue> lastGood = Optional.empty();
    private volatile Optional<TagValue> lastRaw = Optional.empty();
    private Optional<TagValue> toldValue = Optional.empty();
    private @Nullable Instant toldSource;
    private long toldAt;
    private long heardAt;
    private final History history = new History();

    TagState(TagSpec spec, Timepiece time) {
        this.spec = spec;
        this.time = time;
    }

    TagSpec spec() {
        return spec;
    }

    /** @return whether it has a value that is read. */
    boolean isReadable() {
        return spec.hasValue() && spec.access().reads();
    }

    /** Says which way its values come. */
    void reportedByDevice(boolean reported) {
        reportedByDevice = reported;
    }

    boolean isReportedByDevice() {
        return reportedByDevice;
    }

    void lane(Lane its) {
        lane = its;
    }

    /** @throws IllegalStateException if no connector has looked at it yet. */
    Lane lane() {
        Lane its = lane;
        if (its == null) {
            throw new IllegalStateException(spec.id() + " has no lane yet");
        }
        return its;
    }

    /** @return the quality last told; empty if nothing was. */
    Optional<Quality> quality() {
        return Optional.ofNullable(quality);
    }

    boolean isGood() {
        Quality now = quality;
        return now != null && now.isGood();
    }

    boolean isStale() {
        Quality now = quality;
        return now != null && now.status().equals(Quality.STALE);
    }

    boolean isOutOfRange() {
        return quality == OUT_OF_RANGE;
    }

    /** @return the last good value in the device's raw unit, for as long as it is good. */
    Optional<TagValue> goodRaw() {
        return isGood() ? lastRaw : Optional.empty();
    }

    /**
     * Takes what the device gave.
     *
     * @param always whether it is told in any case.
     * @param received when it came.
     */
    Outcome accept(Sample sample, TagLimits limits, boolean always, Instant received) {
        heard();
        Optional<TagValue> value = engineering(sample.value());
        Quality now = judged(sample.quality(), value);
        Quality before = quality;
        quality = now;
        if (now.isGood()) {
            lastGood = value;
            lastRaw = sample.value();
        }
        Instant source = sample.sourceTime().orElse(received);
        if (now.isGood() && sample.sourceTime().isPresent()) {
            history.heard(source);
        }
        Fate fate = always || !now.equals(before)
                ? Fate.TOLD
                : now.isGood() ? fate(value, source, limits) : Fate.SUPPRESSED;
        if (fate == Fate.SUPPRESSED) {
            return Outcome.SUPPRESSED;
        }
        told(lastGood, source);
        TimeFrom from = sample.sourceTime().isPresent() ? TimeFrom.SOURCE : TimeFrom.RECEIPT;
        return new Outcome(fate, Optional.of(reading(now, lastGood, source, received, from)));
    }

    /** Takes a value of the past. @return its reading; empty if that moment is known already. */
    Optional<Reading> backfill(Sample sample, Instant received) {
        Instant then = sample.sourceTime().orElseThrow();
        if (!history.isNews(then)) {
            return Optional.empty();
        }
        Optional<TagValue> value = engineering(sample.value());
        Quality its = judged(sample.quality(), value);
        Optional<TagValue> shown = its.isGood() ? value : Optional.empty();
        return Optional.of(reading(its, shown, then, received, TimeFrom.HISTORY));
    }

    /** Judges a value by what the row says of it. */
    private Quality judged(Quality said, Optional<TagValue> value) {
        if (!said.isGood() || value.isEmpty()) {
            return said;
        }
        if (isNoNumber(value.get())) {
            return Quality.bad(Quality.DEVICE_FAILURE);
        }
        return isOutOfRange(value.get()) ? OUT_OF_RANGE : said;
    }

    private boolean isOutOfRange(TagValue value) {
        if (spec.low().isEmpty() && spec.high().isEmpty()) {
            return false;
        }
        OptionalDouble number = value.number();
        return number.isPresent()
                && (number.getAsDouble() < spec.low().orElse(Double.NEGATIVE_INFINITY)
                        || number.getAsDouble() > spec.high().orElse(Double.POSITIVE_INFINITY));
    }

    private Optional<TagValue> engineering(Optional<TagValue> raw) {
        return Scaling.isPlain(spec) ? raw : raw.map(value -> Scaling.toEngineering(spec, value));
    }

    /** Hears that the value can't be had; tells it once. */
    Optional<Reading> lose(String status) {
        return turn(Quality.bad(status));
    }

    /** Looks whether the tag was silent for too long; tells it once. A tag that is bad already stays so. */
    Optional<Reading> checkSilence(TagLimits limits) {
        return !canFallSilent() || !time.passed(heardAt, limits.staleAfter(spec))
                ? Optional.empty()
                : turn(Quality.uncertain(Quality.STALE));
    }

    /** @return how long until it can be silent for too long, in nanoseconds; as if it were heard of now where it is quiet for another reason. */
    long untilSilent(TagLimits limits, long now) {
        long limit = limits.staleAfter(spec).toNanos();
        return canFallSilent() ? heardAt + limit - now : limit;
    }

    private boolean canFallSilent() {
        Quality now = quality;
        return now != null && now.level() != Quality.Level.BAD && !now.status().equals(Quality.STALE);
    }

    /** Notes that the device is there, and would have reported a change. */
    void heard() {
        heardAt = time.nanos();
    }

    /** @return what there is to say while the device can't be reached. */
    Reading unreachable() {
        Instant now = time.now();
        return reading(Quality.bad(Quality.COMM_FAILURE), lastGood, now, now, TimeFrom.RECEIPT);
    }

    private Optional<Reading> turn(Quality next) {
        Quality before = quality;
        if (next.equals(before)) {
            return Optional.empty();
        }
        quality = next;
        if (next.level() == Quality.Level.BAD) {
            history.gap();
        }
        Instant now = time.now();
        told(lastGood, now);
        return Optional.of(reading(next, lastGood, now, now, TimeFrom.RECEIPT));
    }

    private void told(Optional<TagValue> value, Instant source) {
        toldValue = value;
        toldSource = source;
        toldAt = time.nanos();
    }

    private Fate fate(Optional<TagValue> value, Instant source, TagLimits limits) {
        if (limits.subscribed() && source.equals(toldSource) && toldValue.equals(value)) {
            return Fate.SUPPRESSED; // a new subscription begins with what is known already
        }
        if (spec.deadband().isEmpty() || moved(toldValue, value, spec.deadband().getAsDouble())) {
            return Fate.TOLD;
        }
        Duration silence = limits.maxSilence();
        return !silence.isZero() && time.passed(toldAt, silence) ? Fate.REPEATED : Fate.SUPPRESSED;
    }

    private static boolean moved(Optional<TagValue> from, Optional<TagValue> to, double deadband) {
        OptionalDouble old = from.map(TagValue::number).orElse(OptionalDouble.empty());
        OptionalDouble now = to.map(TagValue::number).orElse(OptionalDouble.empty());
        return old.isPresent() && now.isPresent()
                ? Math.abs(now.getAsDouble() - old.getAsDouble()) > deadband
                : !from.equals(to);
    }

    private Reading reading(Quality its, Optional<TagValue> value, Instant source, Instant received, TimeFrom from) {
        return new Reading(spec.id(), value, its, source, received, spec.unit(), from);
    }

    private static boolean isNoNumber(TagValue value) {
        return value instanceof TagValue.Real real && !Double.isFinite(real.value());
    }
}
