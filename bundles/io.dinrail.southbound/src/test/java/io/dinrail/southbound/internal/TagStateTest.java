package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.api.Sample;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TagStateTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TagLimits POLLED = new TagLimits(Optional.empty(), Duration.ofSeconds(60), false);
    private static final TagLimits SUBSCRIBED = new TagLimits(Optional.empty(), Duration.ofSeconds(60), true);

    private final ManualClock clock = new ManualClock(NOON);
    private final Timepiece time =
            new Timepiece(clock, () -> Duration.between(NOON, clock.instant()).toNanos());

    private TagState tag(String... cells) {
        return new TagState(Rows.spec(cells), time);
    }

    private static Sample good(double value) {
        return Sample.good(TagValue.of(value));
    }

    private boolean reported(TagState tag, Sample sample) {
        return tag.accept(sample, POLLED, false, clock.instant()).report();
    }

    @Test
    void withoutADeadbandEveryValueIsReported() {
        TagState tag = tag();
        assertThat(reported(tag, good(1))).isTrue();
        assertThat(reported(tag, good(1))).isTrue();
    }

    @Test
    void withinTheDeadbandOnlySilenceIsBroken() {
        TagState tag = tag("deadband", "0.5");
        assertThat(reported(tag, good(10))).isTrue();
        assertThat(reported(tag, good(10.5))).isFalse();
        assertThat(reported(tag, good(10.6))).isTrue();
        clock.advance(Duration.ofSeconds(60));
        assertThat(reported(tag, good(10.6))).isTrue();
    }

    @Test
    void aDeadbandOfZeroReportsChanges() {
        TagState tag = tag("deadband", "0");
        assertThat(reported(tag, Sample.good(TagValue.of("idle")))).isTrue();
        assertThat(reported(tag, Sample.good(TagValue.of("idle")))).isFalse();
        assertThat(reported(tag, Sample.good(TagValue.of("run")))).isTrue();
    }

    @Test
    void aBadSampleIsReportedOnceWithTheLastGoodValue() {
        TagState tag = tag("deadband", "5");
        tag.accept(good(10), POLLED, false, clock.instant());
        clock.advance(Duration.ofSeconds(1));
        TagState.Outcome bad = tag.accept(Sample.bad("BadNodeIdUnknown"), POLLED, false, clock.instant());
        assertThat(bad.report()).isTrue();
        assertThat(bad.reading().orElseThrow())
                .isEqualTo(new Reading(
                        tag.spec().id(),
                        Optional.of(TagValue.of(10.0)),
                        Quality.bad("BadNodeIdUnknown"),
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(1),
                        Optional.empty()));
        assertThat(reported(tag, Sample.bad("BadNodeIdUnknown"))).isFalse();
        assertThat(reported(tag, good(10))).as("quality changed back").isTrue();
    }

    @Test
    void aLossIsToldOnceAndNeverInventsAValue() {
        TagState tag = tag();
        assertThat(tag.lose(Quality.COMM_FAILURE).orElseThrow().value()).isEmpty();
        assertThat(tag.lose(Quality.COMM_FAILURE)).isEmpty();
    }

    @Test
    void aTagSilentForThreePeriodsIsStaleOnceAndItsValueIsKept() {
        TagState tag = tag("poll", "2s");
        tag.accept(good(10), POLLED, false, clock.instant());
        clock.advance(Duration.ofMillis(5_999));
        assertThat(tag.checkSilence(POLLED)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        Reading stale = tag.checkSilence(POLLED).orElseThrow();
        assertThat(stale.quality()).isEqualTo(Quality.uncertain(Quality.STALE));
        assertThat(stale.value()).contains(TagValue.of(10.0));
        assertThat(tag.checkSilence(POLLED)).isEmpty();
        assertThat(reported(tag, good(10))).isTrue();
    }

    @Test
    void whatIsBadOrWasNeverHeardOfIsNotStale() {
        TagState tag = tag();
        clock.advance(Duration.ofHours(1));
        assertThat(tag.checkSilence(POLLED)).isEmpty();
        tag.lose(Quality.COMM_FAILURE);
        clock.advance(Duration.ofHours(1));
        assertThat(tag.checkSilence(POLLED)).isEmpty();
    }

    @Test
    void aSubscribedTagIsStaleWhenProbesFailToo() {
        TagState tag = tag("poll", "1s");
        tag.accept(good(1), SUBSCRIBED, false, clock.instant());
        clock.advance(Duration.ofSeconds(14));
        assertThat(tag.checkSilence(SUBSCRIBED)).isEmpty();
        tag.heard();
        clock.advance(Duration.ofSeconds(14));
        assertThat(tag.checkSilence(SUBSCRIBED)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tag.checkSilence(SUBSCRIBED)).isPresent();
    }

    @Test
    void aNewSubscriptionDoesNotRepeatWhatIsKnown() {
        TagState tag = tag();
        Sample sample = new Sample(Optional.of(TagValue.of(5)), Quality.GOOD, Optional.of(NOON.minusSeconds(9)));
        assertThat(tag.accept(sample, SUBSCRIBED, false, clock.instant()).report())
                .isTrue();
        assertThat(tag.accept(sample, SUBSCRIBED, false, clock.instant()).report())
                .isFalse();
        tag.lose(Quality.COMM_FAILURE);
        TagState.Outcome back = tag.accept(sample, SUBSCRIBED, false, clock.instant());
        assertThat(back.report()).isTrue();
        assertThat(back.reading().orElseThrow().sourceTime()).isEqualTo(NOON.minusSeconds(9));
    }

    @Test
    void aValueOutOfItsRangeIsUncertainAndTheLastGoodOneIsKept() {
        TagState tag = tag("low", "0", "high", "100");
        assertThat(reported(tag, good(100))).isTrue();
        TagState.Outcome beyond = tag.accept(good(100.5), POLLED, false, clock.instant());
        assertThat(beyond.reading().orElseThrow().quality()).isEqualTo(Quality.uncertain(Quality.OUT_OF_RANGE));
        assertThat(beyond.reading().orElseThrow().value()).contains(TagValue.of(100.0));
        assertThat(reported(tag, good(101))).as("told once").isFalse();
        assertThat(reported(tag, good(0))).isTrue();
        assertThat(reported(tag, good(-0.1))).isTrue();
    }

    @Test
    void aPartOfTheRangeIsADeadband() {
        TagState tag = tag("low", "0", "high", "200", "deadband", "1%");
        assertThat(reported(tag, good(10))).isTrue();
        assertThat(reported(tag, good(12))).isFalse();
        assertThat(reported(tag, good(12.1))).isTrue();
    }

    @Test
    void aReadingSaysWhoseTimeItHas() {
        TagState tag = tag();
        assertThat(tag.accept(good(1), POLLED, false, NOON)
                        .reading()
                        .orElseThrow()
                        .timeFrom())
                .isEqualTo(Reading.TimeFrom.RECEIPT);
        Sample timed = new Sample(Optional.of(TagValue.of(5)), Quality.GOOD, Optional.of(NOON));
        assertThat(tag.accept(timed, POLLED, false, NOON)
                        .reading()
                        .orElseThrow()
                        .timeFrom())
                .isEqualTo(Reading.TimeFrom.SOURCE);
        assertThat(tag.backfill(timed.asBackfilled(), NOON)).as("known already").isEmpty();
    }

    @Test
    void noNumberIsNoGoodValue() {
        TagState tag = tag();
        tag.accept(good(3), POLLED, false, clock.instant());
        Reading reading = tag.accept(good(Double.NaN), POLLED, false, clock.instant())
                .reading()
                .orElseThrow();
        assertThat(reading.quality()).isEqualTo(Quality.bad(Quality.DEVICE_FAILURE));
        assertThat(reading.value()).contains(TagValue.of(3.0));
    }
}
