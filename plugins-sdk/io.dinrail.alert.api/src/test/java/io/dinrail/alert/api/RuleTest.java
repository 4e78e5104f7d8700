package io.dinrail.alert.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.alert.api.Rule.Condition;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static Rule rule(String name, double limit, double hysteresis, Duration delay) {
        return new Rule(
                name,
                TagId.of("filler-1", "temperature"),
                Condition.ABOVE,
                limit,
                hysteresis,
                delay,
                Severity.MAJOR,
                "hot");
    }

    @Test
    void aPlainRuleIsTaken() {
        assertThatCode(() -> rule("filler-hot", 80, 2, Duration.ofSeconds(3))).doesNotThrowAnyException();
    }

    @Test
    void whatIsRefusedIsNamed() {
        assertThatThrownBy(() -> rule("hot rule", 80, 2, Duration.ZERO)).hasMessageStartingWith("name:");
        assertThatThrownBy(() -> rule("hot", Double.NaN, 2, Duration.ZERO)).hasMessageStartingWith("above:");
        assertThatThrownBy(() -> rule("hot", 80, -1, Duration.ZERO)).hasMessageStartingWith("hysteresis:");
        assertThatThrownBy(() -> rule("hot", 80, Double.NaN, Duration.ZERO)).hasMessageStartingWith("hysteresis:");
        assertThatThrownBy(() -> rule("hot", 80, 2, Duration.ofSeconds(-1))).hasMessageStartingWith("delay:");
    }
}
