package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static io.dinrail.identity.h2.internal.login.BooksFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Credential.State;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialBookTest {
    private static final String STRONG = "correct horse battery";
    private BooksFixture books;

    @BeforeEach
    void start() throws Exception {
        books = new BooksFixture();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @ParameterizedTest
    @CsvSource({"device,DEVICE,press-1", "gateway,GATEWAY,press-1", "backend,BACKEND,press-1 press-1-*"})
    void theKindAndClientIdsFollowTheRuleSet(String ruleSet, Principal.Kind kind, String clientIds) throws Exception {
        Credential issued = issue("press-1", ruleSet).credential();

        assertThat(issued.principal()).isEqualTo(new Principal(kind, "default", "press-1"));
        assertThat(issued.clientIds()).containsExactly(clientIds.split(" "));
        assertThat(issued.state()).isEqualTo(State.ACTIVE);
        assertThat(issued.createdAt()).isEqualTo(NOON);
        assertThat(issued.secrets()).isEqualTo(1);
    }

    @Test
    void aGeneratedSecretHas192BitsAndIsNeverTheSameTwice() throws Exception {
        String first = issue("a", "device").secret();
        String second = issue("b", "device").secret();

        assertThat(Base64.getUrlDecoder().decode(first)).hasSize(24);
        assertThat(first).doesNotContain("=").isNotEqualTo(second);
    }

    @Test
    void everythingOutlivesARestart() throws Exception {
        Organisation north = books.organisation("North");
        Issued full = books.credentials.issue(
                ANNA,
                new CredentialOrder(
                        "press-1@" + north.id(),
                        Optional.of("backend"),
                        List.of("a", "b*"),
                        "Press 1",
                        Optional.of(NOON.plusSeconds(3600)),
                        new SecretChoice.Generated()));
        Issued none = books.credentials.issue(ANNA, order("cert-only", new SecretChoice.None()));
        List<Credential> before = books.credentials.list();

        books.restart();

        assertThat(books.credentials.list()).isEqualTo(before).containsExactly(none.credential(), full.credential());
        assertThat(books.opens("press-1@" + north.id(), full.secret())).isTrue();
        assertThat(none.secret()).isEmpty();
        assertThat(none.credential().secrets()).isZero();
    }

    @Test
    void equalNamesInTwoOrganisationsAreTwoPrincipals() throws Exception {
        Organisation north = books.organisation("North");
        Issued own = issue("press-1", "device");
        Issued other = issue("press-1@" + north.id(), "device");

        assertThat(books.opens("press-1", other.secret())).isFalse();
        assertThat(books.opens("press-1@" + north.id(), own.secret())).isFalse();
        assertThat(books.opens("press-1@" + north.id(), other.secret())).isTrue();
        books.credentials.revoke(ANNA, "press-1");
        assertThat(books.opens("press-1@" + north.id(), other.secret())).isTrue();
    }

    @Test
    void withoutARuleSetItHasTheOrganisationsDefault() throws Exception {
        Issued issued = books.credentials.issue(
                ANNA,
                new CredentialOrder(
                        "press-1", Optional.empty(), List.of(), "", Optional.empty(), new SecretChoice.Generated()));

        assertThat(issued.credential().ruleSet()).isEqualTo("device");
        assertThat(books.roster.count("default", "device")).isEqualTo(1);
        assertThat(books.roster.count("default", "backend")).isZero();
    }

    @Test
    void aTakenNameIsRefused() throws Exception {
        Issued first = issue("press-1", "device");

        assertThat(reason(order("press-1", new SecretChoice.Generated()))).isEqualTo(Reason.TAKEN);
        assertThat(reason(order("press-1@default", new SecretChoice.Generated())))
                .isEqualTo(Reason.TAKEN);
        assertThat(books.opens("press-1", first.secret())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "server",
                "system",
                "server@default",
                "Server",
                "anonymous",
                "+",
                "#",
                "a/b",
                "a%",
                "%u",
                "a\0",
                "a\n",
                "a b",
                "ä",
                "a\u0301",
                "${jndi:ldap://x}",
                "@default",
                "a@",
                "a@nope",
                "a @default",
                "a@ default",
                "a@b@default"
            })
    void namesThatCouldBeMistakenAreRefused(String login) {
        assertThat(reason(order(login, new SecretChoice.Generated()))).isIn(Reason.REFUSED, Reason.UNKNOWN);
        assertThat(books.credentials.list()).isEmpty();
        assertThat(books.events()).isEmpty();
    }

    @Test
    void aRefusalShowsNothingThatCouldForgeALine() {
        assertThatThrownBy(() -> issue("a@x\n\u001b[31m\u202e" + "y".repeat(65_536), "device"))
                .hasMessage("there is no organisation 'x??[31m?" + "y".repeat(32) + "…': look at the list");
        assertThatThrownBy(() -> issue("a", "x\ny")).hasMessage("there is no rule set 'x?y': look at the list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*b", "**", "a\n", "a\0b"})
    void clientIdsThatAreNoPatternsAreRefused(String clientId) {
        CredentialOrder order = new CredentialOrder(
                "a", Optional.of("device"), List.of(clientId), "", Optional.empty(), new SecretChoice.Generated());
        assertThat(reason(order)).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T12:00:00.123Z", "2020-01-01T00:00:00Z", "+20000-01-01T00:00:00Z"})
    void anEndLiesAhead(Instant end) {
        CredentialOrder order = new CredentialOrder(
                "a", Optional.of("device"), List.of(), "", Optional.of(end), new SecretChoice.Generated());
        assertThat(reason(order)).isEqualTo(Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "exactly-15-char",
                "with\nnewline-and-more",
                "tkn_0123456789abcdef",
                "Enr_0123456789abcdef",
                "sk_id_0123456789abcdef"
            })
    void aGivenSecretThatCouldNotWorkIsRefused(String secret) {
        assertThat(reason(order("a", new SecretChoice.Given(secret)))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void aGivenSecretAndAChosenOneOpen() throws Exception {
        Issued given = books.credentials.issue(ANNA, order("a", new SecretChoice.Given("0123456789abcdef!")));
        Issued chosen = books.credentials.issue(ANNA, order("b", new SecretChoice.Chosen(STRONG)));

        assertThat(given.secret()).isEmpty();
        assertThat(chosen.secret()).isEmpty();
        books.restart();
        assertThat(books.opens("a", "0123456789abcdef!")).isTrue();
        assertThat(books.opens("b", STRONG)).isTrue();
        assertThat(books.opens("a", STRONG)).isFalse();
        assertThat(books.opens("b", "0123456789abcdef!")).isFalse();
    }

    @Test
    void noSecretIsFoundAnywhereButInTheAnswer() throws Exception {
        Issued issued = issue("press-1", "device");
        books.credentials.issue(ANNA, order("b", new SecretChoice.Chosen(STRONG)));
        Issued rotated = books.credentials.rotate(ANNA, "press-1", Duration.ofHours(1));

        for (String place :
                List.of(books.dump(), books.trail.toString(), books.events().toString(), issued.toString())) {
            assertThat(place).contains("press-1").doesNotContain(issued.secret(), rotated.secret(), STRONG);
        }
    }

    @Test
    void rotationLeavesTheOldSecretInForceForTheOverlap() throws Exception {
        String first = issue("press-1", "device").secret();
        Issued second = books.credentials.rotate(ANNA, "press-1", Duration.ofHours(24));

        assertThat(second.credential().secrets()).isEqualTo(2);
        assertThat(books.opens("press-1", first)).isTrue();
        assertThat(books.opens("press-1", second.secret())).isTrue();
        assertThat(books.live).isEmpty();
        books.restart();
        books.clock.advance(Duration.ofHours(24));
        assertThat(books.opens("press-1", first)).isFalse();
        assertThat(books.opens("press-1", second.secret())).isTrue();
        assertThat(books.credentials.find("press-1").orElseThrow().secrets()).isEqualTo(1);
    }

    @Test
    void aThirdSecretEndsTheOldest() throws Exception {
        String first = issue("press-1", "device").secret();
        String second =
                books.credentials.rotate(ANNA, "press-1", Duration.ofDays(30)).secret();
        String third =
                books.credentials.rotate(ANNA, "press-1", Duration.ofDays(30)).secret();

        for (int i = 0; i < 2; i++) {
            assertThat(books.opens("press-1", first)).isFalse();
            assertThat(books.opens("press-1", second)).isTrue();
            assertThat(books.opens("press-1", third)).isTrue();
            books.restart();
        }
        String fourth = books.credentials.rotate(ANNA, "press-1", Duration.ZERO).secret();
        assertThat(List.of(second, third)).noneMatch(secret -> books.opens("press-1", secret));
        assertThat(books.opens("press-1", fourth)).isTrue();
    }

    @Test
    void aClockSetBackRevivesNothing() throws Exception {
        String first = issue("press-1", "device").secret();
        books.credentials.rotate(ANNA, "press-1", Duration.ofHours(1));
        Issued ending = books.credentials.issue(
                ANNA,
                new CredentialOrder(
                        "press-2",
                        Optional.of("device"),
                        List.of(),
                        "",
                        Optional.of(NOON.plusSeconds(60)),
                        new SecretChoice.Generated()));
        books.clock.advance(Duration.ofHours(2));
        assertThat(books.opens("press-1", first)).isFalse();
        assertThat(books.why("press-2", ending.secret())).isEqualTo("BARRED expired");

        books.clock.advance(Duration.ofHours(-2));

        assertThat(books.opens("press-1", first)).isFalse();
        assertThat(books.why("press-2", ending.secret())).isEqualTo("BARRED expired");
    }

    @Test
    void anOverlapIsAtMostThirtyDays() throws Exception {
        issue("press-1", "device");

        for (Duration overlap :
                List.of(Duration.ofSeconds(-1), Duration.ofDays(30).plusNanos(1))) {
            assertThatThrownBy(() -> books.credentials.rotate(ANNA, "press-1", overlap))
                    .hasMessageContaining("0 to 30 days");
        }
    }

    @Test
    void disablingAndRevokingEndConnectionsAndEnablingOpensAgain() throws Exception {
        Issued issued = issue("press-1", "device");

        books.credentials.disable(ANNA, "press-1");
        assertThat(books.why("press-1", issued.secret())).isEqualTo("BARRED disabled");
        assertThat(books.why("press-1", issued.secret() + "x")).isEqualTo("WRONG wrong");
        books.restart();
        assertThat(books.credentials.find("press-1").map(Credential::state)).contains(State.DISABLED);
        books.credentials.enable(ANNA, "press-1");
        assertThat(books.opens("press-1", issued.secret())).isTrue();
        books.credentials.revoke(ANNA, "press-1");
        assertThat(books.why("press-1", issued.secret())).isEqualTo("WRONG wrong");
        assertThat(books.credentials.list()).isEmpty();
        books.restart();
        assertThat(books.opens("press-1", issued.secret())).isFalse();

        assertThat(books.live)
                .containsExactly("end credential:default/press-1 DISABLED", "end credential:default/press-1 REVOKED");
        assertThat(books.events())
                .containsExactly(
                        "ISSUED press-1 device",
                        "DISABLED press-1 device",
                        "ENABLED press-1 device",
                        "REVOKED press-1 device");
        assertThat(books.trail)
                .containsExactly(
                        "anna credential.issued press-1 rule set device",
                        "anna credential.disabled press-1 ",
                        "anna credential.enabled press-1 ",
                        "anna credential.revoked press-1 ");
    }

    @Test
    void aNameIssuedAnewHasANewSecretAndIsNoLongerWhoItWas() throws Exception {
        Issued old = issue("gate", "backend");
        Proof.Proven before = (Proof.Proven) books.prove("gate", old.secret());
        books.credentials.revoke(ANNA, "gate");

        Issued anew = issue("gate", "backend");

        assertThat(books.opens("gate", old.secret())).isFalse();
        assertThat(books.opens("gate", anew.secret())).isTrue();
        assertThat(before.holds().getAsBoolean()).isFalse();
    }

    @Test
    void aChangeIsInForceAtOnceAndToldToOpenConnections() throws Exception {
        Issued issued = issue("press-1", "backend");
        Instant end = NOON.plusSeconds(60);

        books.credentials.change(ANNA, "press-1", "Press 1", "gateway", Optional.of(end));

        books.restart();
        Credential changed = books.credentials.find("press-1").orElseThrow();
        assertThat(changed.principal().kind()).isEqualTo(Principal.Kind.GATEWAY);
        assertThat(changed.displayName()).isEqualTo("Press 1");
        assertThat(changed.clientIds()).containsExactly("press-1");
        assertThat(books.live).containsExactly("changed credential:default/press-1");
        assertThat(books.events()).last().isEqualTo("CHANGED press-1 gateway");
        assertThat(books.prove("press-1", issued.secret()))
                .isInstanceOfSatisfying(
                        Proof.Proven.class, proven -> assertThat(proven.until()).contains(end));

        books.clock.advance(Duration.ofMinutes(1));
        assertThat(books.credentials.find("press-1").map(Credential::state)).contains(State.EXPIRED);
        books.credentials.change(ANNA, "press-1", "Press 1, old", "gateway", Optional.of(end));
        books.credentials.change(ANNA, "press-1", "", "gateway", Optional.empty());
        assertThat(books.opens("press-1", issued.secret())).isTrue();
        assertThatThrownBy(() -> books.credentials.change(ANNA, "press-1", "", "gateway", Optional.of(end)))
                .hasMessageContaining("lies ahead");
        assertThatThrownBy(() -> books.credentials.change(ANNA, "press-1", "", "nope", Optional.empty()))
                .hasMessageContaining("'nope'");
    }

    @Test
    void nobodyChangesWhoIsNotThereOrIsAPerson() throws Exception {
        books.people.add(ANNA, "bea", "", io.dinrail.identity.api.Role.VIEWER);

        for (String login : List.of("nobody", "bea", "a@nope", "", "a\nb")) {
            for (Change change : List.<Change>of(
                    () -> books.credentials.revoke(ANNA, login),
                    () -> books.credentials.disable(ANNA, login),
                    () -> books.credentials.enable(ANNA, login),
                    () -> books.credentials.rotate(ANNA, login, Duration.ZERO),
                    () -> books.credentials.change(ANNA, login, "", "device", Optional.empty()))) {
                assertThat(catchThrowableOfType(IdentityException.class, change::run)
                                .reason())
                        .isEqualTo(Reason.UNKNOWN);
            }
            assertThat(books.credentials.find(login)).isEmpty();
        }
        assertThat(books.credentials.list()).isEmpty();
    }

    @Test
    void nothingChangesWhileTheStoreFails() throws Exception {
        Issued issued = issue("press-1", "device");
        List<Credential> before = books.credentials.list();
        books.trail.clear();
        books.store.fail();

        for (Change change : List.<Change>of(
                () -> issue("press-2", "device"),
                () -> books.credentials.issueAll(ANNA, List.of(CredentialOrder.of("press-3", "device"))),
                () -> books.credentials.revoke(ANNA, "press-1"),
                () -> books.credentials.disable(ANNA, "press-1"),
                () -> books.credentials.rotate(ANNA, "press-1", Duration.ZERO),
                () -> books.credentials.change(ANNA, "press-1", "x", "backend", Optional.empty()))) {
            assertThat(catchThrowableOfType(IdentityException.class, change::run))
                    .hasMessageContaining("mend it and try again")
                    .hasMessageNotContaining("INSERT")
                    .extracting(IdentityException::reason)
                    .isEqualTo(Reason.STORE);
        }

        assertThat(books.credentials.list()).isEqualTo(before);
        assertThat(books.opens("press-1", issued.secret())).isTrue();
        assertThat(books.live).isEmpty();
        assertThat(books.trail).isEmpty();
        assertThat(books.events()).hasSize(1);
        books.store.mend();
        books.credentials.revoke(ANNA, "press-1");
        assertThat(books.opens("press-1", issued.secret())).isFalse();
    }

    @Test
    void nothingIsIssuedWhileThereIsNoKey() throws Exception {
        books.vault.lock(true);

        assertThat(reason(order("a", new SecretChoice.Generated()))).isEqualTo(Reason.STORE);
        assertThat(books.credentials.list()).isEmpty();
        assertThat(books.credentials
                        .issue(ANNA, order("b", new SecretChoice.None()))
                        .secret())
                .isEmpty();
    }

    private interface Change {
        void run() throws IdentityException;
    }

    private Issued issue(String login, String ruleSet) throws IdentityException {
        return books.credentials.issue(ANNA, CredentialOrder.of(login, ruleSet));
    }

    private static CredentialOrder order(String login, SecretChoice secret) {
        return new CredentialOrder(login, Optional.of("device"), List.of(), "", Optional.empty(), secret);
    }

    private Reason reason(CredentialOrder order) {
        return catchThrowableOfType(IdentityException.class, () -> books.credentials.issue(ANNA, order))
                .reason();
    }
}
