package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.alert.api.Rule;
import io.dinrail.alert.api.Rule.Condition;
import io.dinrail.alert.api.RuleException;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    @Test
    void aWholeRuleIsRead() throws Exception {
        Rule rule = RuleFile.read("""
                {"name": "boiler-hot", "device": "boiler-1", "tag": "temperature", "above": 80, "hysteresis": 2,
                 "delay": "5s", "severity": "critical", "message": "Check the burner."}""");

        assertThat(rule)
                .isEqualTo(new Rule(
                        "boiler-hot",
                        TagId.of("boiler-1", "temperature"),
                        Condition.ABOVE,
                        80,
                        2,
                        Duration.ofSeconds(5),
                        Severity.CRITICAL,
                        "Check the burner."));
    }

    @Test
    void whatIsLeftOutHasADefault() throws Exception {
        Rule rule = RuleFile.read("{\"name\": \"low\", \"device\": \"tank-1\", \"tag\": \"level\", \"below\": 12.5}");

        assertThat(rule.message()).isEqualTo("level of tank-1 below 12.5");
        assertThat(rule.severity()).isEqualTo(Severity.WARNING);
        assertThat(rule.delay()).isZero();
        assertThat(rule.hysteresis()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"device":"d","tag":"t","above":1}                        | name: is missing
                    {"name":"n","tag":"t","above":1}                          | device: is missing
                    {"name":"n","device":"d","above":1}                       | tag: is missing
                    {"name":"n","device":"d/e","tag":"t","above":1}           | device id 'd/e' is refused
                    {"name":"n","device":"d","tag":"t"}                       | exactly one of them
                    {"name":"n","device":"d","tag":"t","above":1,"below":2}   | exactly one of them
                    {"name":"n","device":"d","tag":"t","above":"1"}           | above: must be a number, not "1"
                    {"name":"n","device":"d","tag":"t","above":true}          | above: must be a number, not true
                    {"name":"n","device":"d","tag":"t","abov":1}              | abov: there is no such member; allowed are name, device
                    {"name":"n","device":"d","tag":"t","above":1,"delay":5}   | delay: must be a text, not 5
                    {"name":"n","device":"d","tag":"t","above":1,"delay":"5"} | delay: '5' is no period
                    {"name":"n","device":"d","tag":"t","above":1,"severity":"high"} | severity 'high' is none of
                    {"name":"n","device":"d","tag":"t","above":1,"hysteresis":-1}   | hysteresis: must be zero or more
                    {"name":"n n","device":"d","tag":"t","above":1}           | name: 1 to 128
                    {"name":"n",                                              | line 1, column
                    []                                                        | a JSON object is expected""")
    void aRuleThatIsWrongIsRefusedWithTheReason(String json, String reason) {
        assertThatThrownBy(() -> RuleFile.read(json))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(reason)
                .extracting(e -> ((RuleException) e).reason())
                .isEqualTo(RuleException.Reason.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "0s, PT0S", "1m, PT1M", "2h, PT2H"})
    void aPeriodIsANumberAndAUnit(String text, Duration period) {
        assertThat(Period.parse(text)).isEqualTo(period);
    }
}
