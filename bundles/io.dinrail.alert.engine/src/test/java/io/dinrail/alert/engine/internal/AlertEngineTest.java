package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alert.State;
import io.dinrail.alert.api.RuleException;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagValue;
import io.dinrail.testkit.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertEngineTest {
    private static final String HOT =
            "{\"name\":\"hot\",\"device\":\"filler-1\",\"tag\":\"temperature\",\"above\":80,\"hysteresis\":2}";
    private static final String HOT_FOR_5_S = HOT.replace("}", ",\"delay\":\"5s\"}");
    private static final String COLD =
            "{\"name\":\"cold\",\"device\":\"filler-1\",\"tag\":\"temperature\",\"below\":10,\"hysteresis\":2}";

    private final MemoryStore database = new MemoryStore();
    private Plant plant;

    @BeforeEach
    void start() throws Exception {
        plant = new Plant(database.dataSource());
    }

    @AfterEach
    void stop() {
        plant.engine.stop();
        database.close();
    }

    @Test
    void anAlertIsRaisedAboveTheLimitAndClearedBelowTheHysteresis() throws Exception {
        plant.rule(HOT);

        plant.reads(80);
        assertThat(plant.events()).isEmpty();
        plant.reads(80.1);
        plant.reads(81);
        plant.reads(78.1);
        assertThat(plant.events()).containsExactly("RAISED 1");
        assertThat(plant.alerts.open()).isOne();
        plant.reads(78);

        assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
        assertThat(plant.alerts.open()).isZero();
        assertThat(plant.states()).containsExactly(State.CLEARED);
    }

    @Test
    void aValueFromTheHistoryNeitherRaisesNorClears() throws Exception {
        plant.rule(HOT);
        plant.reads(past(99));
        assertThat(plant.events()).isEmpty();
        plant.reads(81);
        plant.reads(past(20));
        assertThat(plant.events()).containsExactly("RAISED 1");
    }

    private Reading past(double value) {
        Instant then = plant.clock.instant().minusSeconds(60);
        return new Reading(
                Plant.TEMPERATURE,
                Optional.of(TagValue.of(value)),
                Quality.GOOD,
                then,
                plant.clock.instant(),
                Optional.empty(),
                Reading.TimeFrom.HISTORY);
    }

    @Test
    void belowWorksTheOtherWayRound() throws Exception {
        plant.rule(COLD);

        plant.reads(10);
        plant.reads(9.9);
        plant.reads(11.9);
        assertThat(plant.events()).containsExactly("RAISED 1");
        plant.reads(12);

        assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
    }

    @Test
    void anAlertCarriesWhatRaisedIt() throws Exception {
        plant.rule(HOT);
        plant.reads(81.5);

        Alert alert = plant.alerts.list().get(0);

        assertThat(alert)
                .isEqualTo(new Alert(
                        1,
                        "hot",
                        Plant.TEMPERATURE,
                        Severity.WARNING,
                        "temperature of filler-1 above 80",
                        State.RAISED,
                        81.5,
                        80,
                        Plant.NOON,
                        Optional.empty(),
                        "",
                        Optional.empty()));
        assertThat(plant.bus.events(AlertChanged.class).get(0).value()).contains(TagValue.of(81.5));
    }

    @Test
    void aValueMustBeWrongForTheDelayBySourceTime() throws Exception {
        plant.rule(HOT_FOR_5_S);

        plant.reads(at(81, 0));
        plant.reads(at(82, 4));
        plant.reads(at(79, 4));
        plant.reads(at(83, 4));
        plant.reads(at(84, 8));
        assertThat(plant.events()).isEmpty();
        plant.reads(at(85, 9));

        assertThat(plant.events()).containsExactly("RAISED 1");
        assertThat(plant.alerts.list().get(0).value()).isEqualTo(85);
    }

    @Test
    void aValueThatStandsRaisesAfterTheDelayWithoutANewReading() throws Exception {
        plant.rule(HOT_FOR_5_S);
        plant.reads(81);

        plant.passes(Duration.ofMillis(4_999));
        assertThat(plant.events()).isEmpty();
        plant.passes(Duration.ofMillis(1));

        assertThat(plant.events()).containsExactly("RAISED 1");
    }

    @Test
    void aValueThatWentBadOrStaleDoesNotStand() throws Exception {
        plant.rule(HOT_FOR_5_S);
        plant.reads(81);
        plant.reads(81, Quality.bad(Quality.COMM_FAILURE));
        plant.passes(Duration.ofSeconds(10));
        plant.reads(81);
        plant.reads(81, Quality.uncertain(Quality.STALE));
        plant.passes(Duration.ofSeconds(10));

        assertThat(plant.events()).isEmpty();
    }

    @Test
    void badAndStaleReadingsDecideNothing() throws Exception {
        plant.rule(HOT);
        plant.reads(90, Quality.bad(Quality.COMM_FAILURE));
        plant.reads(90, Quality.uncertain(Quality.STALE));
        assertThat(plant.events()).isEmpty();
        plant.reads(90);
        plant.reads(20, Quality.bad(Quality.COMM_FAILURE));
        plant.reads(20, Quality.uncertain(Quality.STALE));

        assertThat(plant.events()).containsExactly("RAISED 1");
    }

    @Test
    void otherUncertainReadingsAreUsed() throws Exception {
        plant.rule(HOT);
        plant.reads(90, Quality.uncertain("UncertainInitialValue"));

        assertThat(plant.events()).containsExactly("RAISED 1");
    }

    @Test
    void whatIsNoNumberDecidesNothing() throws Exception {
        plant.rule(HOT);
        plant.reads(Double.NaN);
        plant.reads(new Reading(
                Plant.TEMPERATURE,
                Optional.of(TagValue.of("hot")),
                Quality.GOOD,
                Plant.NOON,
                Plant.NOON,
                Optional.empty()));

        assertThat(plant.events()).isEmpty();
    }

    @Test
    void acknowledgingKeepsTheNoteAndTheAlertOpen() throws Exception {
        plant.rule(HOT);
        plant.reads(90);
        plant.clock.advance(Duration.ofSeconds(3));

        Alert alert = plant.alerts.acknowledge(1, "on my way");
        Alert again = plant.alerts.acknowledge(1, "me too");

        assertThat(alert.state()).isEqualTo(State.ACKNOWLEDGED);
        assertThat(alert.acknowledgedAt()).contains(Plant.NOON.plusSeconds(3));
        assertThat(again).isEqualTo(alert).isEqualTo(plant.alerts.list().get(0));
        assertThat(plant.alerts.open()).isOne();
        assertThat(plant.events()).containsExactly("RAISED 1", "ACKNOWLEDGED 1");
    }

    @Test
    void anAlertThatNobodyAcknowledgedIsClearedAllTheSame() throws Exception {
        plant.rule(HOT);
        plant.reads(90);
        plant.reads(20);

        Alert alert = plant.alerts.acknowledge(1, "too late");

        assertThat(alert.state()).isEqualTo(State.CLEARED);
        assertThat(alert.acknowledgedAt()).isEmpty();
    }

    @Test
    void anUnknownAlertOrRuleIsNamed() {
        assertThatThrownBy(() -> plant.alerts.acknowledge(7, ""))
                .isInstanceOf(RuleException.class)
                .hasMessage("alert 7 is unknown: see dinrail:alert-list");
        assertThatThrownBy(() -> plant.rules.remove("x"))
                .isInstanceOf(RuleException.class)
                .hasMessage("rule x is unknown: see dinrail:rule-list");
    }

    @Test
    void removingARuleClearsItsAlert() throws Exception {
        plant.rule(HOT);
        plant.reads(90);

        plant.rules.remove("hot");
        plant.reads(91);

        assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
        assertThat(plant.rules.list()).isEmpty();
        assertThat(plant.states()).containsExactly(State.CLEARED);
    }

    @Test
    void replacingARuleKeepsItsAlertUntilTheNewRuleClearsIt() throws Exception {
        plant.rule(HOT);
        plant.reads(90);

        plant.rule(HOT.replace("80", "85"));
        plant.reads(84);
        assertThat(plant.events()).containsExactly("RAISED 1");
        plant.reads(83);

        assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
        assertThat(plant.rules.list()).hasSize(1);
    }

    @Test
    void aRuleThatMovesToAnotherTagClearsItsAlert() throws Exception {
        plant.rule(HOT);
        plant.reads(90);

        plant.rule(HOT.replace("temperature", "pressure"));

        assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
        assertThat(plant.alerts.open()).isZero();
    }

    @Test
    void aRuleAppliesToTheValueThatItsTagStandsAt() throws Exception {
        plant.rule(HOT);
        plant.engine.ask(tags -> Optional.empty());
        plant.engine.tick();
        assertThat(plant.events()).isEmpty();

        plant.engine.ask(tags -> Optional.of(Map.of(Plant.TEMPERATURE, plant.reading(90, Quality.GOOD))));
        plant.engine.tick();

        assertThat(plant.events()).containsExactly("RAISED 1");
    }

    @Test
    void aGapInTheReadingsIsFilledByTheValueThatStands() throws Exception {
        plant.rule(HOT_FOR_5_S);
        plant.reads(90);
        plant.missesReadings();
        plant.engine.ask(tags -> Optional.of(Map.of(Plant.TEMPERATURE, plant.reading(20, Quality.GOOD))));

        plant.passes(Duration.ofSeconds(10));
        plant.passes(Duration.ofSeconds(10));

        assertThat(plant.events()).isEmpty();
    }

    private static Reading at(double value, int second) {
        Instant source = Plant.NOON.minusSeconds(3_600).plusSeconds(second);
        return new Reading(
                Plant.TEMPERATURE, Optional.of(TagValue.of(value)), Quality.GOOD, source, Plant.NOON, Optional.empty());
    }
}
