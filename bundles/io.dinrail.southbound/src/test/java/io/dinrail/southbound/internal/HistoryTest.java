package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void onlyWhatLiesInTheGapIsNewsAndOnlyOnce() {
        history.heard(at(10));
        history.gap();
        history.heard(at(20));
        assertThat(history.isNews(at(9))).isFalse();
        assertThat(history.isNews(at(10))).as("told before the gap").isFalse();
        assertThat(history.isNews(at(12))).isTrue();
        assertThat(history.isNews(at(12))).as("twice").isFalse();
        assertThat(history.isNews(at(15))).isTrue();
        assertThat(history.isNews(at(20))).as("told after the gap").isFalse();
        assertThat(history.isNews(at(25))).isFalse();
    }

    @Test
    void aValueThatStayedTheSameOverTheGapDoesNotEndIt() {
        history.heard(at(10));
        history.gap();
        history.heard(at(10));
        assertThat(history.isNews(at(12))).isTrue();
    }

    @Test
    void theNextGapIsFilledAsWell() {
        history.heard(at(10));
        history.gap();
        history.heard(at(20));
        history.gap();
        assertThat(history.isNews(at(15))).isFalse();
        assertThat(history.isNews(at(25))).isTrue();
    }

    @Test
    void whatIsMissingBehindTheFirstValuesAfterTheGapIsNewsToo() {
        history.heard(at(10));
        history.gap();
        history.heard(at(12));
        history.heard(at(13));
        history.heard(at(20));
        history.heard(at(21));
        assertThat(history.isNews(at(11))).isTrue();
        assertThat(history.isNews(at(12))).as("told").isFalse();
        assertThat(history.isNews(at(13))).as("told").isFalse();
        assertThat(history.isNews(at(14))).isTrue();
        assertThat(history.isNews(at(14))).as("twice").isFalse();
        assertThat(history.isNews(at(20))).as("told").isFalse();
        assertThat(history.isNews(at(21))).as("the newest").isFalse();
    }

    @Test
    void whatTheDeviceDroppedWithoutAGapIsNews() {
        history.heard(at(10));
        history.heard(at(20));
        assertThat(history.isNews(at(15))).isTrue();
        assertThat(history.isNews(at(15))).as("twice").isFalse();
        assertThat(history.isNews(at(20))).as("told").isFalse();
    }
}
