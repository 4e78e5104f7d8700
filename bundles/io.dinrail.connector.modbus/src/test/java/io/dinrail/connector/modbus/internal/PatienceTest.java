package io.dinrail.connector.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.connector.modbus.internal.Patience.Budget;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
    private static final int UNIT = 7;
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Patience patience = new Patience(TIMEOUT, 1);

    @Test
    void aUnitAloneGetsTheWholeTimeoutEachTimeAndIsNeverInterrupted() {
        Budget budget = patience.alone();
        assertThat(budget.each()).isEqualTo(TIMEOUT);
        assertThat(budget.attempts()).isEqualTo(2);
        assertThat(budget.rest()).isEqualTo(TIMEOUT);
    }

    /** What the others can wait, in milliseconds; the slowest answer, 0 if there was none; and what follows. */
    @ParameterizedTest
    @CsvSource({
        "500, 0, 1, 500",
        "900, 0, 1, 500",
        "120, 0, 1, 120",
        "500, 5, 2, 250",
        "500, 83, 2, 250",
        "500, 84, 1, 500",
        "500, 400, 1, 500",
        "120, 5, 2, 60",
        "120, 21, 1, 120",
        "4, 5, 1, 4",
    })
    void oneOfSeveralIsAskedAgainIfAllAttemptsTogetherTakeNoMoreThanTheOthersCanWait(
            long others, long slowest, int attempts, long each) {
        if (slowest > 0) {
            patience.answered(UNIT, Duration.ofMillis(slowest).toNanos());
        }
        Budget budget = patience.shared(UNIT, Duration.ofMillis(others));
        assertThat(budget.attempts()).isEqualTo(attempts);
        assertThat(budget.each()).isEqualTo(Duration.ofMillis(each));
        assertThat(budget.rest()).isLessThanOrEqualTo(budget.each());
    }

    @Test
    void whoWasSilentGetsTheWholeTimeoutInOnePieceNextTime() {
        patience.answered(UNIT, Duration.ofMillis(5).toNanos());
        assertThat(patience.isWhole(patience.shared(UNIT, TIMEOUT).each().toNanos()))
                .isFalse();
        patience.silent(UNIT);
        assertThat(patience.isWhole(patience.shared(UNIT, TIMEOUT).each().toNanos()))
                .isTrue();
    }
}
