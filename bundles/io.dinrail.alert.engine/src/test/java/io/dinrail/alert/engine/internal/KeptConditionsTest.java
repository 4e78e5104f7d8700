package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alert.State;
import io.dinrail.alert.api.AlertOwner;
import io.dinrail.alert.api.ConditionState;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.testkit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptConditionsTest {
    private static final TagId TAG = TagId.of("labeller-1", "alarms");
    private static final String JAM = "ns=2;s=Jam";

    private final MemoryStore database = new MemoryStore();
    private Plant plant;
    private KeptConditions conditions;

    @BeforeEach
    void begin() throws Exception {
        plant = new Plant(database.dataSource());
        conditions = new KeptConditions(plant.engine);
    }

    @AfterEach
    void end() {
        plant.engine.stop();
        database.close();
    }

    private void tells(boolean active, boolean acknowledged) throws Exception {
        conditions.take(List.of(state(JAM, active, acknowledged)));
    }

    private static ConditionState state(String condition, boolean active, boolean acknowledged) {
        return new ConditionState(
                TAG, condition, "Line1/Feeder", Severity.CRITICAL, "labels jam", active, acknowledged, Plant.NOON);
    }

    @Test
    void anAlarmOfADeviceIsAnAlertFromItsRaisingToItsClearing() throws Exception {
        tells(false, false);
        assertThat(plant.events()).isEmpty();
        tells(true, false);
        tells(true, false);
        Alert alert = plant.alerts.list().get(0);
        assertThat(alert.rule()).isEqualTo("Line1/Feeder");
        assertThat(alert.tag()).isEqualTo(TAG);
        assertThat(alert.condition()).isEqualTo(JAM);
        assertThat(alert.message()).isEqualTo("labels jam");
        assertThat(alert.raisedAt()).isEqualTo(Plant.NOON);
        assertThat(alert.limit()).isNaN();
        assertThat(plant.alerts.open()).isOne();
        tells(true, true);
        assertThat(plant.states()).containsExactly(State.ACKNOWLEDGED);
        tells(false, true);
        assertThat(plant.alerts.open()).isZero();
        tells(true, false);
        assertThat(plant.events()).containsExactly("RAISED 1", "ACKNOWLEDGED 1", "CLEARED 1", "RAISED 2");
    }

    @Test
    void anAcknowledgementHerePassesBackOnce() throws Exception {
        List<String> heard = new ArrayList<>();
        AlertOwner owner = (tag, condition, note) -> heard.add(tag + " " + condition + " " + note);
        plant.alerts.addOwner(owner);
        tells(true, false);
        plant.alerts.acknowledge(1, "on my way");
        plant.alerts.acknowledge(1, "again");
        assertThat(heard).containsExactly("labeller-1/alarms " + JAM + " on my way");
        tells(true, false);
        assertThat(plant.states()).containsExactly(State.ACKNOWLEDGED);
        plant.alerts.removeOwner(owner);
    }

    @Test
    void whatNoLongerStandsAfterAnOutageIsCleared() throws Exception {
        conditions.take(List.of(state(JAM, true, false), state("ns=2;s=Door", true, false)));
        conditions.standing(TagId.of("other", "alarms"), Set.of());
        assertThat(plant.alerts.open()).isEqualTo(2);
        conditions.standing(TAG, Set.of(JAM));
        assertThat(plant.events()).containsExactly("RAISED 1", "RAISED 2", "CLEARED 2");
    }

    @Test
    void anOpenAlarmIsKnownAfterARestart() throws Exception {
        tells(true, false);
        Plant restarted = new Plant(database.dataSource());
        KeptConditions again = new KeptConditions(restarted.engine);
        again.take(List.of(state(JAM, true, false)));
        assertThat(restarted.events()).isEmpty();
        assertThat(restarted.alerts.open()).isOne();
        again.take(List.of(state(JAM, false, false)));
        assertThat(restarted.events()).containsExactly("CLEARED 1");
        restarted.engine.stop();
    }

    @Test
    void aRuleOfTheSameNameHasAlertsOfItsOwn() throws Exception {
        tells(true, false);
        plant.rule("{\"name\":\"Line1\",\"device\":\"filler-1\",\"tag\":\"temperature\",\"above\":80}");
        conditions.take(List.of(
                new ConditionState(TAG, "c", "Line1", Severity.WARNING, "m".repeat(600), true, false, Plant.NOON)));
        plant.reads(90);
        plant.reads(10);
        assertThat(plant.events()).containsExactly("RAISED 1", "RAISED 2", "RAISED 3", "CLEARED 3");
    }
}
