package io.dinrail.identity.h2.internal.rules;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Decision;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.RuleSetInfo;
import io.dinrail.identity.h2.internal.audit.Trail;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
    private static final Actor EVE = new Actor("eve", "ssh 10.0.0.1");
    private static final String ONE = "[{\"user\": \"%\", \"topic\": \"one\", \"permission\": \"both\"}]";
    private static final String OTHER = "org_aaaaaaaaaaaa";

    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());
    private final Map<String, Integer> users = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> trail = new ArrayList<>();
    private RuleBook book;
    private RuleDesk desk;

    @BeforeEach
    void open() throws SQLException {
        execute("insert into organisation (id, display_name, created_at) values ('" + OTHER
                + "', 'x', current_timestamp)");
        reopen();
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void aShippedSetIsEverybodys() {
        assertThat(book.find("default", "device")).isPresent();
        assertThat(book.find(OTHER, "gateway")).isPresent();
        assertThat(book.find("default", "nobody")).isEmpty();
    }

    @Test
    void aRuleSetIsInForceAtOnceAndAfterARestart() throws Exception {
        desk.put(EVE, "default", "mine", ONE);

        assertThat(may("default", "mine", "one")).isTrue();
        reopen();
        assertThat(may("default", "mine", "one")).isTrue();
        assertThat(book.find(OTHER, "mine")).isEmpty();
        assertThat(trail).containsExactly("eve rules.put default/mine 1 rules");
    }

    @Test
    void watchersHearOfAChangeWhenItIsInForce() throws Exception {
        book.watch((organisation, name) -> told.add(
                organisation + "/" + name + " " + book.find(organisation, name).isPresent()));

        desk.put(EVE, OTHER, "mine", ONE);
        desk.remove(EVE, OTHER, "mine");

        assertThat(told).containsExactly(OTHER + "/mine true", OTHER + "/mine false");
        assertThat(trail).hasSize(2);
    }

    @Test
    void anOrganisationsOwnSetStandsInPlaceOfAShippedOne() throws Exception {
        users.put(OTHER + "/device", 5);
        desk.put(EVE, OTHER, "device", ONE);

        assertThat(may(OTHER, "device", "one")).isTrue();
        assertThat(may(OTHER, "device", "telemetry/x/t")).isFalse();
        assertThat(may("default", "device", "telemetry/x/t")).isTrue();

        desk.remove(EVE, OTHER, "device");
        assertThat(may(OTHER, "device", "telemetry/x/t")).isTrue();
    }

    @Test
    void aSetThatSomebodyHasIsNotRemoved() throws Exception {
        desk.put(EVE, "default", "mine", ONE);
        users.put("default/mine", 2);

        refused(Reason.REFUSED, "2 credentials", () -> desk.remove(EVE, "default", "mine"));
        assertThat(may("default", "mine", "one")).isTrue();
    }

    @Test
    void whatIsNotThereOrShippedIsNotRemoved() {
        refused(Reason.REFUSED, "shipped", () -> desk.remove(EVE, "default", "device"));
        refused(Reason.UNKNOWN, "no rule set", () -> desk.remove(EVE, "default", "mine"));
        refused(Reason.UNKNOWN, "no rule set", () -> desk.export("default", "mine"));
        refused(Reason.UNKNOWN, "no organisation", () -> desk.export("nowhere", "device"));
        refused(Reason.UNKNOWN, "no organisation", () -> desk.put(EVE, "nowhere", "mine", ONE));
        assertThat(trail).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "+", "#", "a\nb", "a@b", "-x"})
    void aNameIsOneAsDevicesHave(String name) {
        refused(Reason.REFUSED, "is no name for a rule set", () -> desk.put(EVE, "default", name, ONE));
    }

    @Test
    void anErrorIsNamedWithItsPlaceAndNothingChanges() throws Exception {
        desk.put(EVE, "default", "mine", ONE);

        refused(
                Reason.REFUSED,
                "rules[0].topic: ",
                () -> desk.put(EVE, "default", "mine", "[{\"permission\": \"pub\"}]"));
        assertThat(may("default", "mine", "one")).isTrue();
        assertThat(desk.validate("[{\"permission\": \"pub\"}]")).hasSize(2);
    }

    @Test
    void aFailingStoreChangesNothing() throws Exception {
        desk.put(EVE, "default", "mine", ONE);
        book.watch((organisation, name) -> told.add(name));
        store.fail();

        refused(Reason.STORE, "(No space left on device)", () -> desk.put(EVE, "default", "mine", "[]"));
        refused(Reason.STORE, "still in force", () -> desk.remove(EVE, "default", "mine"));
        assertThat(may("default", "mine", "one")).isTrue();
        assertThat(told).isEmpty();
        assertThat(trail).hasSize(1);
    }

    @Test
    void aDamagedSetGrantsNothingAndTheOthersStand() throws Exception {
        desk.put(EVE, "default", "mine", ONE);
        damaged("device", "{\"rules\": [");
        damaged("hurt", "[{\"topic\": \"#\", \"permission\": \"both\"}, 5]");
        reopen();

        assertThat(may("default", "mine", "one")).isTrue();
        assertThat(may("default", "device", "telemetry/x/t")).isFalse();
        Rights hurt = book.find("default", "hurt").orElseThrow().bind(TestFacts.of("x"));
        assertThat(hurt.may(PUBLISH, "a")).isFalse();
        assertThat(hurt.mayReceive("a")).isFalse();
        assertThat(hurt.explain(SUBSCRIBE, "#").rule())
                .isEqualTo("hurt: the rule set is damaged and grants nothing: rules[1]: a rule is a JSON object");
        assertThat(desk.list())
                .filteredOn(info -> !info.fault().isEmpty())
                .extracting(RuleSetInfo::name)
                .containsExactly("device", "hurt");
        refused(Reason.STORE, "put it anew", () -> desk.export("default", "hurt"));

        desk.put(EVE, "default", "hurt", ONE);
        assertThat(may("default", "hurt", "one")).isTrue();
    }

    @Test
    void theListHasEachOwnSetAndTheShippedOnesOnce() throws Exception {
        users.put("default/device", 3);
        desk.put(EVE, OTHER, "device", ONE);
        desk.put(EVE, "default", "gateway", ONE);

        assertThat(desk.list())
                .containsExactly(
                        new RuleSetInfo("default", "backend", true, 1, 0, ""),
                        new RuleSetInfo("default", "dashboard", true, 4, 0, ""),
                        new RuleSetInfo("default", "device", true, 10, 3, ""),
                        new RuleSetInfo("default", "gateway", false, 1, 0, ""),
                        new RuleSetInfo(OTHER, "device", false, 1, 0, ""));
    }

    @Test
    void aShippedSetCountsWhoeverHasItInWhicheverOrganisation() throws Exception {
        users.putAll(Map.of("default/device", 3, OTHER + "/device", 4, OTHER + "/gateway", 1));
        assertThat(desk.list())
                .contains(
                        new RuleSetInfo("default", "device", true, 10, 7, ""),
                        new RuleSetInfo("default", "gateway", true, 17, 1, ""));

        desk.put(EVE, "default", "device", ONE);
        assertThat(desk.list())
                .contains(
                        new RuleSetInfo("default", "device", false, 1, 3, ""),
                        new RuleSetInfo(OTHER, "device", true, 10, 4, ""));

        desk.put(EVE, OTHER, "device", ONE);
        assertThat(desk.list())
                .contains(new RuleSetInfo(OTHER, "device", false, 1, 4, ""))
                .filteredOn(RuleSetInfo::shipped)
                .extracting(RuleSetInfo::name)
                .doesNotContain("device");
    }

    @Test
    void aWatcherThatIsTakenAwayHearsNoMore() throws Exception {
        Runnable away = book.watch((organisation, name) -> told.add(name));
        away.run();

        desk.put(EVE, "default", "mine", ONE);
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsExportedCanBePut() throws Exception {
        desk.put(EVE, "default", "copy", desk.export("default", "gateway"));

        assertThat(desk.export("default", "copy")).isEqualTo(desk.export("default", "gateway"));
    }

    @Test
    void aDocumentIsTriedWithoutBeingKept() throws Exception {
        String rules = "[{\"user\": \"%\", \"topic\": \"{org_short_id}/%u/%c\", \"permission\": \"sub\"}]";

        assertThat(desk.simulate(rules, "x@" + OTHER, "c", SUBSCRIBE, "$share/g/" + OTHER + "/x/c"))
                .isEqualTo(new Decision(
                        true,
                        "document 10: allow subscribe {org_short_id}/%u/%c",
                        Map.of("{org_short_id}", OTHER, "%u", "x", "%c", "c")));
        assertThat(desk.simulate(rules, "x", "c", PUBLISH, "default/x/c").allowed())
                .isFalse();
        refused(Reason.REFUSED, "line 1", () -> desk.simulate("{", "x", "c", PUBLISH, "a"));
    }

    private void reopen() throws SQLException {
        book = new RuleBook(store, new ManualClock(Instant.parse("2026-11-22T12:00:00Z")));
        desk = new RuleDesk(book, new Users(), new Notes());
    }

    private boolean may(String organisation, String set, String topic) {
        return book.find(organisation, set)
                .orElseThrow()
                .bind(TestFacts.of("x"))
                .may(PUBLISH, topic);
    }

    private void damaged(String name, String document) throws SQLException {
        execute("insert into rule_set (organisation, name, document, changed_at) values ('default', '" + name + "', '"
                + document + "', current_timestamp)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void refused(Reason reason, String message, Attempted change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private interface Attempted {
        void run() throws IdentityException;
    }

    private final class Users implements RuleUsers {
        @Override
        public int count(String organisation, String name) {
            return users.getOrDefault(organisation + "/" + name, 0);
        }

        @Override
        public Map<String, Map<String, Integer>> counts() {
            Map<String, Map<String, Integer>> counts = new HashMap<>();
            users.forEach((key, count) -> counts.computeIfAbsent(key.split("/")[0], id -> new HashMap<>())
                    .put(key.split("/")[1], count));
            return counts;
        }

        @Override
        public boolean isOrganisation(String organisation) {
            return organisation.equals("default") || organisation.equals(OTHER);
        }
    }

    private final class Notes implements Trail {
        @Override
        public void noted(Actor by, String kind, String subject, String detail) {
            changed(by, kind, subject, detail);
        }

        @Override
        public void changed(Actor by, String kind, String subject, String detail) {
            trail.add(by.name() + " " + kind + " " + subject + " " + detail);
        }

        @Override
        public void refused(String login, String address, String why) {
            throw new AssertionError(why);
        }

        @Override
        public void denied(String login, String clientId, String address, Action action, String topic) {
            throw new AssertionError(topic);
        }
    }
}
