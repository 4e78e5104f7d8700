package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.h2.internal.audit.TestThrottle;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import io.dinrail.testkit.RecordingBus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of open connections when the real books change. */
class GateWithBooksTest {
    private static final Actor ANNA = new Actor("anna", "ssh 127.0.0.1");

    private final MemoryStore store = new MemoryStore();
    private final ManualClock clock = new ManualClock(GateWorld.NOON);
    private final AccessTable table = new AccessTable(new SteadyClock(clock, () -> 0));
    private final GateWorld.Traces trail = new GateWorld.Traces();
    private final GateWorld.RuleBook rules = new GateWorld.RuleBook();
    private final Roster roster;
    private final OrganisationBook organisations;
    private final CredentialBook credentials;
    private final SecretJudge judge;
    private final Gate gate;
    private final Ears ears = new Ears();
    private String secret = "";

    GateWithBooksTest() throws SQLException {
        SecretHasher hasher = new SecretHasher(new TestVault(), new Argon2Hash.Cost(64, 1));
        CredentialTable rows = new CredentialTable(store.dataSource());
        rules.put(Organisation.DEFAULT, "device", "t/%u");
        rules.put(Organisation.DEFAULT, "backend", "b/%u");
        roster = new Roster(store.dataSource(), clock, new SteadyClock(clock, () -> 0));
        organisations = new OrganisationBook(roster, rules, table, trail, store.dataSource());
        credentials = new CredentialBook(roster, rules, hasher, new Aftermath(table, trail, new RecordingBus()), rows);
        judge = new SecretJudge(roster, hasher);
        gate = new Gate(
                organisations, judge, rules, certificate -> Optional.empty(), TestThrottle.usual(), trail, table);
    }

    @BeforeEach
    void aPressIsKnown() throws IdentityException {
        secret =
                credentials.issue(ANNA, CredentialOrder.of("press-1", "device")).secret();
        credentials.issue(ANNA, CredentialOrder.of("press-2", "device"));
    }

    @AfterEach
    void end() {
        gate.shut();
        table.stop();
        judge.stop();
        store.close();
    }

    @Test
    void whoIsRevokedMayNothingWhenTheCommandReturnsAndIsNotLetInAgain() throws IdentityException {
        Access access = bound();

        credentials.revoke(ANNA, "press-1");

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        await().atMost(Duration.ofSeconds(1)).until(() -> ears.heard.contains("REVOKED"));
        assertThat(admit()).isEqualTo(new Admission.Refused(Reason.WRONG));
    }

    @Test
    void whoIsDisabledMayNothingUntilItIsEnabled() throws IdentityException {
        Access access = bound();

        credentials.disable(ANNA, "press-1");

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        await().atMost(Duration.ofSeconds(1)).until(() -> ears.heard.contains("DISABLED"));
        assertThat(admit()).isEqualTo(new Admission.Refused(Reason.BARRED));
        credentials.enable(ANNA, "press-1");
        assertThat(bound().may(Action.PUBLISH, "t/press-1")).isTrue();
    }

    @Test
    void anotherRuleSetAndAnEndCountForWhoIsConnected() throws IdentityException {
        Access access = bound();

        credentials.change(ANNA, "press-1", "", "backend", Optional.of(GateWorld.NOON.plusSeconds(60)));
        await().atMost(Duration.ofSeconds(1)).until(() -> access.may(Action.PUBLISH, "b/press-1"));
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        clock.advance(Duration.ofSeconds(60));

        assertThat(access.may(Action.PUBLISH, "b/press-1")).isFalse();
        await().atMost(Duration.ofSeconds(1)).until(() -> ears.heard.contains("EXPIRED"));
        clock.advance(Duration.ofHours(-1));
        assertThat(admit()).as("by a clock set back").isEqualTo(new Admission.Refused(Reason.BARRED));
    }

    @Test
    void aRotationDisturbsNobody() throws IdentityException {
        Access access = bound();

        credentials.rotate(ANNA, "press-1", Duration.ofHours(1));

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isTrue();
        assertThat(admit()).isInstanceOf(Admission.Admitted.class);
        assertThat(ears.heard).isEmpty();
    }

    @Test
    void aDisabledOrganisationIsLeftAndClosed() throws IdentityException {
        Organisation plant = organisations.add(ANNA, "plant two");
        rules.put(plant.id(), "device", "t/%u");
        String there = credentials
                .issue(ANNA, CredentialOrder.of("press-1@" + plant.id(), "device"))
                .secret();
        Access access = ((Admission.Admitted) admit("press-1@" + plant.id(), there)).access();
        access.bind("press-1");
        Access other = bound();

        organisations.change(ANNA, GateWorld.organisation(plant.id(), true, 0));

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(other.may(Action.PUBLISH, "t/press-1")).isTrue();
        assertThat(admit("press-1@" + plant.id(), there)).isEqualTo(new Admission.Refused(Reason.BARRED));
        assertThat(admit("press-1@" + plant.id(), "guess")).isEqualTo(new Admission.Refused(Reason.WRONG));
    }

    @Test
    void whoGuessesWaitsAndKeepsNobodyElseOut() {
        for (int i = 0; i < 10; i++) {
            assertThat(admit("press-1", "guess" + i)).isEqualTo(new Admission.Refused(Reason.WRONG));
        }

        assertThat(admit()).isEqualTo(new Admission.Refused(Reason.THROTTLED));
        assertThat(gate.admit(new Attempt("press-1", secret.getBytes(UTF_8), Optional.empty(), "10.0.0.2"), ears)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Admission.Admitted.class);
        assertThat(trail.refused).hasSize(11).last().asString().endsWith("throttled");
    }

    @Test
    void aNameWithACredentialIsNobodyElsesClientIdHoweverFarTheirPrefixReaches() throws IdentityException {
        String backend =
                credentials.issue(ANNA, CredentialOrder.of("press", "backend")).secret();

        assertThat(access("press", backend).bind("press-1")).isFalse();
        credentials.disable(ANNA, "press-1");
        assertThat(access("press", backend).bind("press-1")).isFalse();
        assertThat(access("press", backend).bind("press-9")).isTrue();
        credentials.revoke(ANNA, "press-1");
        assertThat(access("press", backend).bind("press-1")).isTrue();
    }

    @Test
    void whoseCredentialListsAnothersNameMayUseIt() throws IdentityException {
        CredentialOrder shared = new CredentialOrder(
                "spare",
                Optional.of("device"),
                List.of("spare", "press-1"),
                "",
                Optional.empty(),
                new CredentialOrder.SecretChoice.Generated());
        String spare = credentials.issue(ANNA, shared).secret();

        assertThat(access("spare", spare).bind("press-1")).isTrue();
    }

    private Access access(String login, String password) {
        return ((Admission.Admitted) admit(login, password)).access();
    }

    private Access bound() {
        Access access = ((Admission.Admitted) admit()).access();
        assertThat(access.bind("press-1")).isTrue();
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isTrue();
        return access;
    }

    private Admission admit() {
        return admit("press-1", secret);
    }

    private Admission admit(String login, String password) {
        return gate.admit(new Attempt(login, password.getBytes(UTF_8), Optional.empty(), "10.0.0.1"), ears)
                .toCompletableFuture()
                .join();
    }
}
