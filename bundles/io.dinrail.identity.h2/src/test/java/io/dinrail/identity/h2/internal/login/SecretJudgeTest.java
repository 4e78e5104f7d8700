package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static io.dinrail.identity.h2.internal.login.BooksFixture.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretJudgeTest {
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

    @Test
    void aRightSecretGivesAllThatTheGateNeeds() throws Exception {
        String secret = issue("press-1", "gateway");

        Proof.Proven proven = (Proof.Proven) books.prove("press-1", secret);

        assertThat(proven.principal()).isEqualTo(new Principal(Principal.Kind.GATEWAY, "default", "press-1"));
        assertThat(proven.ruleSet()).isEqualTo("gateway");
        assertThat(proven.clientIds()).containsExactly("press-1");
        assertThat(proven.grant()).isEmpty();
        assertThat(proven.claims()).isEmpty();
        assertThat(proven.until()).isEmpty();
        assertThat(proven.roots()).isEqualTo(Set.of("credential:default/press-1"));
        assertThat(proven.holds().getAsBoolean()).isTrue();
    }

    @Test
    void unknownNamesAndWrongSecretsAreNotToldApart() throws Exception {
        String secret = issue("press-1", "device");
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", STRONG);

        for (String wrong : List.of(
                "",
                "x",
                secret + "x",
                secret.toLowerCase(java.util.Locale.ROOT),
                "x".repeat(32),
                "x".repeat(65_536),
                "a\0b")) {
            for (String login :
                    List.of("press-1", "bea", "nobody", "press-1@nope", "+", "", "a\0", "x".repeat(65_536))) {
                assertThat(books.why(login, wrong)).isEqualTo("WRONG wrong");
            }
        }
    }

    @Test
    void whatHappensMeanwhileIsNoticedByHolds() throws Exception {
        String secret = issue("press-1", "device");
        Proof.Proven proven = (Proof.Proven) books.prove("press-1", secret);

        books.credentials.rotate(ANNA, "press-1", Duration.ZERO);
        assertThat(proven.holds().getAsBoolean()).isTrue();
        books.credentials.disable(ANNA, "press-1");
        assertThat(proven.holds().getAsBoolean()).isFalse();
        books.credentials.enable(ANNA, "press-1");
        assertThat(proven.holds().getAsBoolean()).isTrue();
        books.credentials.change(ANNA, "press-1", "", "device", Optional.of(NOON.plusSeconds(1)));
        books.clock.advance(Duration.ofSeconds(1));
        assertThat(proven.holds().getAsBoolean()).isFalse();
    }

    @Test
    void namedAnswersAsARightSecretWould() throws Exception {
        issue("press-1", "device");
        assertThat(books.judge.named("default", "press-1")).isInstanceOf(Proof.Proven.class);
        assertThat(books.judge.named("default", "nobody")).isInstanceOf(Proof.Failed.class);
        books.credentials.disable(ANNA, "press-1");
        assertThat(books.judge.named("default", "press-1"))
                .isEqualTo(new Proof.Failed(io.dinrail.identity.api.Admission.Reason.BARRED, "disabled"));
    }

    @Test
    void withoutAKeyNobodyIsJudged() throws Exception {
        String secret = issue("press-1", "device");
        books.vault.lock(true);

        assertThat(books.why("press-1", secret)).isEqualTo("UNAVAILABLE no keys");
        assertThat(books.why("nobody", "x")).isEqualTo("UNAVAILABLE no keys");
        books.vault.lock(false);
        assertThat(books.opens("press-1", secret)).isTrue();
    }

    @Test
    void aPersonLooksOnAndHasItsOwnClientIds() throws Exception {
        books.people.add(ANNA, "bea", "Bea", Role.ADMIN);
        assertThat(books.why("bea", STRONG)).isEqualTo("WRONG wrong");
        books.people.password(ANNA, "bea", STRONG);

        Proof.Proven proven = (Proof.Proven) books.prove("bea", STRONG);

        assertThat(proven.principal()).isEqualTo(new Principal(Principal.Kind.PERSON, "default", "bea"));
        assertThat(proven.ruleSet()).isEqualTo("dashboard");
        assertThat(proven.clientIds()).containsExactly("bea", "bea-*");
        assertThat(proven.roots()).containsExactly("credential:default/bea");
    }

    @Test
    void aPasswordIsTheSameHoweverItsLettersWerePutTogether() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", "Schu\u0308tzenstra\u00dfe 9");

        assertThat(books.opens("bea", "Sch\u00fctzenstra\u00dfe 9")).isTrue();
        assertThat(books.opens("bea", "Schu\u0308tzenstra\u00dfe 9")).isTrue();
        assertThat(books.opens("bea", "Schutzenstra\u00dfe 9")).isFalse();
    }

    @Test
    void bytesThatAreNoTextAreNobodysPassword() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", "replacement \ufffd\ufffd");
        byte[] bytes = "replacement ..".getBytes(UTF_8);
        bytes[12] = (byte) 0xff;
        bytes[13] = (byte) 0xff;

        assertThat(books.judge
                        .prove("default", "bea", attempt(bytes))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Proof.Failed.class);
        assertThat(books.opens("bea", "replacement \ufffd\ufffd")).isTrue();
    }

    @Test
    void aPasswordThatWasRightIsRememberedUntilItIsChanged() throws Exception {
        books.people.add(ANNA, "bea", "", Role.VIEWER);
        books.people.password(ANNA, "bea", STRONG);
        assertThat(books.opens("bea", STRONG)).isTrue();

        assertThat(atOnce("bea", STRONG)).containsInstanceOf(Proof.Proven.class);
        books.people.disable(ANNA, "bea", true);
        assertThat(atOnce("bea", STRONG)).containsInstanceOf(Proof.Failed.class);
        books.people.disable(ANNA, "bea", false);
        books.people.password(ANNA, "bea", "another horse battery");
        assertThat(books.opens("bea", STRONG)).isFalse();
        assertThat(books.opens("bea", "another horse battery")).isTrue();
        books.people.remove(ANNA, "bea");
        assertThat(books.opens("bea", "another horse battery")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLooksGeneratedIsAnsweredAtOnceForEverybody(boolean known) throws Exception {
        if (known) {
            books.credentials.issue(
                    ANNA,
                    new CredentialOrder(
                            "press-1",
                            Optional.of("device"),
                            List.of(),
                            "",
                            Optional.empty(),
                            new SecretChoice.Chosen(STRONG)));
        }
        assertThat(atOnce("press-1", SecretRules.generate())).containsInstanceOf(Proof.Failed.class);
    }

    @Test
    void aLoginThatHoldsIsTheLastOneAndIsWrittenDown() throws Exception {
        String secret = issue("press-1", "device");
        books.clock.advance(Duration.ofMinutes(5));
        Proof.Proven proven = (Proof.Proven) books.prove("press-1", secret);
        assertThat(lastUsed()).isEmpty();

        assertThat(proven.holds().getAsBoolean()).isTrue();

        assertThat(lastUsed()).contains(NOON.plusSeconds(300));
        books.store.fail();
        books.roster.writeUses();
        books.store.mend();
        books.restart();
        assertThat(lastUsed()).contains(NOON.plusSeconds(300));
    }

    private Optional<java.time.Instant> lastUsed() {
        return books.credentials.find("press-1").flatMap(Credential::lastUsedAt);
    }

    private Optional<Proof> atOnce(String name, String secret) {
        return Optional.ofNullable(books.judge
                .prove("default", name, attempt(secret.getBytes(UTF_8)))
                .toCompletableFuture()
                .getNow(null));
    }

    private static Attempt attempt(byte[] secret) {
        return new Attempt("", secret, Optional.empty(), "10.0.0.1");
    }

    private String issue(String login, String ruleSet) throws Exception {
        return books.credentials.issue(ANNA, CredentialOrder.of(login, ruleSet)).secret();
    }
}
