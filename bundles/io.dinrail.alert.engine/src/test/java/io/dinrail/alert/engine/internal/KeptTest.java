package io.dinrail.alert.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.alert.api.Alert;
import io.dinrail.alert.api.Alert.State;
import io.dinrail.alert.api.RuleException;
import io.dinrail.event.api.AlertChanged;
import io.dinrail.event.api.AlertChanged.Kind;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to alerts when the engine or the store goes away and comes back. */
class KeptTest {
    private static final String HOT =
            "{\"name\":\"hot\",\"device\":\"filler-1\",\"tag\":\"temperature\",\"above\":80,\"hysteresis\":2}";

    @Test
    void alertsAndRulesSurviveACrash(@TempDir Path folder) throws Exception {
        JdbcConnectionPool before = open(folder.resolve("before"));
        runScript(before);
        Plant plant = new Plant(before);
        plant.rule(HOT);
        plant.reads(90);
        plant.reads(20);
        plant.reads(91);
        plant.alerts.acknowledge(2, "seen");
        Files.copy(folder.resolve("before.mv.db"), folder.resolve("after.mv.db")); // what kill -9 leaves
        plant.engine.stop();
        before.dispose();

        JdbcConnectionPool after = open(folder.resolve("after"));
        Plant restarted = new Plant(after);
        restarted.reads(92);
        assertThat(restarted.events()).isEmpty();
        assertThat(restarted.states()).containsExactly(State.ACKNOWLEDGED, State.CLEARED);
        restarted.reads(79);
        restarted.reads(78);
        restarted.reads(93);

        assertThat(restarted.events()).containsExactly("CLEARED 2", "RAISED 3");
        restarted.engine.stop();
        after.dispose();
    }

    @Test
    void aRaisingThatTheStoreRefusesIsKeptAsSoonAsItCanBe() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource());
            plant.rule(HOT);
            plant.store.fail();
            plant.reads(90);
            plant.reads(91);
            plant.reads(20);
            assertThat(plant.events()).isEmpty();
            assertThat(plant.store.refused()).isLessThanOrEqualTo(2);

            plant.store.mend();
            plant.passes(Duration.ofSeconds(1));

            assertThat(plant.events()).containsExactly("RAISED 1", "CLEARED 1");
            assertThat(plant.alerts.list().get(0).value()).isEqualTo(90);
            plant.engine.stop();
        }
    }

    @Test
    void flappingWhileTheStoreFailsBecomesOneAlertAndIsCounted() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource());
            plant.rule(HOT);
            plant.store.fail();
            for (int i = 0; i < 100; i++) {
                plant.reads(90);
                plant.reads(20);
            }
            plant.reads(90);
            plant.passes(Duration.ofSeconds(60));
            plant.store.mend();
            plant.passes(Duration.ofSeconds(60));

            assertThat(plant.events()).containsExactly("RAISED 1");
            assertThat(plant.engine.losses()).containsEntry("alerts.merged-while-store-failed", 100L);
            plant.engine.stop();
        }
    }

    @Test
    void aChangeThatCannotBeKeptIsRefusedAndChangesNothing() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource());
            plant.rule(HOT);
            plant.reads(90);
            plant.store.fail();

            assertThatThrownBy(() -> plant.rules.remove("hot"))
                    .isInstanceOf(RuleException.class)
                    .hasMessage("the removal of rule hot was not kept, because the store can't be written:"
                            + " No space left on device");
            assertThatThrownBy(() -> plant.rule(HOT.replace("80", "100"))).isInstanceOf(RuleException.class);
            assertThatThrownBy(() -> plant.alerts.acknowledge(1, "")).isInstanceOf(RuleException.class);
            plant.store.mend();

            assertThat(plant.rules.list())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.limit()).isEqualTo(80));
            assertThat(plant.states()).containsExactly(State.RAISED);
            plant.engine.stop();
        }
    }

    @Test
    void aChangeThatFailsHalfWayIsUndoneAsAWhole() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource());
            plant.rule(HOT);
            plant.reads(90);
            run(database.dataSource(), "ALTER TABLE alert ADD CONSTRAINT never_cleared CHECK (cleared_at IS NULL)");
            assertThatThrownBy(() -> plant.rules.remove("hot")).isInstanceOf(RuleException.class);
            run(database.dataSource(), "ALTER TABLE alert DROP CONSTRAINT never_cleared");

            assertThat(new RuleTable(database.dataSource()).all()).hasSize(1);
            plant.rules.remove("hot");
            assertThat(plant.states()).containsExactly(State.CLEARED);
            plant.engine.stop();
        }
    }

    @Test
    void onlyTheNewestClearedAlertsAreKeptAndIdsGoOn() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource(), new ManualClock(Plant.NOON), 3);
            plant.rule(HOT);
            for (int i = 0; i < 150; i++) {
                plant.reads(90);
                plant.reads(20);
            }
            plant.engine.tick();
            await().untilAsserted(() ->
                    assertThat(plant.alerts.list()).extracting(Alert::id).containsExactly(150L, 149L, 148L));
            plant.reads(90);

            assertThat(plant.events()).endsWith("RAISED 151");
            plant.engine.stop();
        }
    }

    @Test
    void aHandlerFindsTheAlertInTheStore() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Plant plant = new Plant(database.dataSource());
            plant.rule(HOT);
            plant.reads(90);

            assertThat(plant.bus.events(AlertChanged.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.kind()).isEqualTo(Kind.RAISED));
            assertThat(new AlertTable(database.dataSource()).find(1)).isPresent();
            plant.engine.stop();
        }
    }

    private static JdbcConnectionPool open(Path file) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + file + ";WRITE_DELAY=0", "sa", "");
    }

    private static void runScript(DataSource store) throws Exception {
        for (String script : List.of("V1.sql", "V2.sql")) {
            run(store, "RUNSCRIPT FROM '" + Path.of("target/classes/db", script).toUri() + "'");
        }
    }

    private static void run(DataSource store, String sql) throws Exception {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
