package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.h2.internal.keys.Surroundings.ADMIN;
import static io.dinrail.identity.h2.internal.keys.Surroundings.NOON;
import static io.dinrail.identity.h2.internal.keys.Surroundings.OTHER;
import static io.dinrail.identity.h2.internal.keys.Surroundings.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Tokens.NewToken;
import io.dinrail.identity.api.Tokens.TemporaryToken;
import io.dinrail.identity.api.Tokens.TokenOrder;
import io.dinrail.identity.h2.internal.login.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenBookTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Surroundings around = new Surroundings();
    private final TokenBook tokens = around.tokens();

    @AfterEach
    void close() {
        around.memory.close();
    }

    @Test
    void aTokenLogsInUnderTheNameOfItsIdentity() throws Exception {
        NewToken made = create("anna@plant.example");
        assertThat(made.password()).matches("tkn_[A-Za-z0-9_-]{32}");
        assertThat(made.token().name()).matches("t-[0-9a-z]{16}");
        assertThat(made.refreshAt()).isEqualTo(NOON.plus(Duration.ofMinutes(54)));
        Proof.Proven proven = (Proof.Proven) prove(made.token().name(), made.password());
        assertThat(proven.ruleSet()).isEqualTo("device");
        assertThat(proven.grant()).isEmpty();
        assertThat(proven.until()).contains(NOON.plus(HOUR));
        assertThat(proven.roots()).containsExactly("token:" + made.token().id());
        assertThat(proven.claims()).isEqualTo(Map.of("email", List.of("anna@plant.example"), "line", List.of("3")));
        assertThat(create("anna@plant.example").token().name())
                .isEqualTo(made.token().name());
        assertThat(create("bert@plant.example").token().name())
                .isNotEqualTo(made.token().name());
    }

    @Test
    void equalIdentitiesInTwoOrganisationsAreTwo() throws Exception {
        NewToken here = create("anna");
        NewToken there = tokens.create(ADMIN, order(OTHER, "anna", HOUR, true));
        assertThat(there.token().name()).isNotEqualTo(here.token().name());
        assertThat(tokens.prove(OTHER, here.token().name(), attempt(here.password()))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Proof.Failed.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameGetTheSameAnswer() throws Exception {
        NewToken made = create("anna");
        Proof wrong = prove(made.token().name(), "tkn_" + "a".repeat(32));
        assertThat(wrong).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
        assertThat(prove("t-0000000000000000", made.password())).isEqualTo(wrong);
        assertThat(prove(made.token().name(), "tkn_" + "a".repeat(60_000))).isEqualTo(wrong);
    }

    @Test
    void anEndedTokenIsBarredEvenIfTheClockIsSetBack() throws Exception {
        NewToken made = create("anna");
        Proof.Proven before = (Proof.Proven) prove(made.token().name(), made.password());
        around.wall.advance(HOUR);
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.BARRED, "expired"));
        around.wall.advance(Duration.ofHours(-2));
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.BARRED, "expired"));
        assertThat(before.holds().getAsBoolean()).isFalse();
        assertThat(tokens.list()).isEmpty();
        assertThatThrownBy(() -> tokens.refresh(ADMIN, made.token().id(), made.password()))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void aNewTokenReplacesThoseOfTheSameIdentityIfAsked() throws Exception {
        NewToken first = create("anna");
        NewToken second = tokens.create(ADMIN, order("default", "anna", HOUR, false));
        assertThat(prove(first.token().name(), first.password())).isInstanceOf(Proof.Proven.class);
        assertThat(prove(first.token().name(), second.password())).isInstanceOf(Proof.Proven.class);
        NewToken third = create("anna");
        assertThat(prove(first.token().name(), first.password())).isInstanceOf(Proof.Failed.class);
        assertThat(prove(first.token().name(), second.password())).isInstanceOf(Proof.Failed.class);
        assertThat(prove(first.token().name(), third.password())).isInstanceOf(Proof.Proven.class);
        assertThat(around.ended)
                .containsExactlyInAnyOrder(
                        "token:" + first.token().id() + " EXPIRED",
                        "token:" + second.token().id() + " EXPIRED");
    }

    @Test
    void afterARefreshTheOldPasswordWorksForAMinute() throws Exception {
        NewToken made = create("anna");
        around.wall.advance(Duration.ofMinutes(54));
        NewToken fresh = tokens.refresh(ADMIN, made.token().id(), made.password());
        assertThat(fresh.token().name()).isEqualTo(made.token().name());
        assertThat(fresh.token().expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(114)));
        Proof.Proven old = (Proof.Proven) prove(made.token().name(), made.password());
        assertThat(old.until()).contains(NOON.plus(HOUR));
        assertThat(((Proof.Proven) prove(made.token().name(), fresh.password())).until())
                .contains(fresh.token().expiresAt());
        assertThat(around.ended).isEmpty();
        around.wall.advance(Duration.ofSeconds(60));
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
        assertThatThrownBy(() -> tokens.refresh(ADMIN, made.token().id(), made.password()))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.UNKNOWN));
    }

    @Test
    void aRevokedTokenIsGone() throws Exception {
        NewToken made = create("anna");
        tokens.revoke(ADMIN, made.token().id());
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
        assertThat(around.ended).containsExactly("token:" + made.token().id() + " REVOKED");
        assertThat(around.tokens().list()).isEmpty();
        assertThatThrownBy(() -> tokens.revoke(ADMIN, made.token().id())).isInstanceOf(IdentityException.class);
    }

    @Test
    void tokensAreAsTheyWereAfterAStart() throws Exception {
        NewToken made = create("anna");
        NewToken fresh = tokens.refresh(ADMIN, made.token().id(), made.password());
        TokenBook again = around.tokens();
        assertThat(again.list()).isEqualTo(tokens.list());
        for (String password : List.of(made.password(), fresh.password())) {
            Proof proof = again.prove("default", made.token().name(), attempt(password))
                    .toCompletableFuture()
                    .join();
            assertThat(proof)
                    .isInstanceOfSatisfying(
                            Proof.Proven.class,
                            proven -> assertThat(proven.claims()).containsKey("line"));
        }
    }

    @Test
    void tokensThatEndedADayAgoAreForgotten() throws Exception {
        NewToken made = create("anna");
        around.wall.advance(Duration.ofHours(24));
        tokens.prune();
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.BARRED, "expired"));
        around.wall.advance(Duration.ofHours(2));
        tokens.prune();
        assertThat(prove(made.token().name(), made.password())).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
        assertThat(around.everythingStored()).doesNotContain(made.token().id());
    }

    @Test
    void oneIdentityCannotHaveAnyNumber() throws Exception {
        for (int i = 0; i < TokenBook.MOST_OF_ONE; i++) {
            tokens.create(ADMIN, order("default", "anna", HOUR, false));
        }
        assertThatThrownBy(() -> tokens.create(ADMIN, order("default", "anna", HOUR, false)))
                .hasMessageContaining("100 tokens already");
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> tokens.create(ADMIN, order("default", "anna", Duration.ofSeconds(59), true)))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> tokens.create(ADMIN, order("default", "anna", Duration.ofHours(25), true)))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> tokens.create(ADMIN, order("default", "a".repeat(257), HOUR, true)))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> tokens.create(ADMIN, order("default", "a\nb", HOUR, true)))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> tokens.create(ADMIN, order("org_nobody", "anna", HOUR, true)))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> tokens.create(
                        ADMIN, new TokenOrder("default", "anna", Optional.of("nothing"), Map.of(), HOUR, true)))
                .hasMessageContaining("rule set");
        assertThatThrownBy(() -> tokens.create(
                        ADMIN,
                        new TokenOrder("default", "anna", Optional.empty(), Map.of("a", "b".repeat(257)), HOUR, true)))
                .hasMessageContaining("claims");
    }

    @Test
    void whatTheStoreDidNotTakeIsNotInForce() throws Exception {
        NewToken made = create("anna");
        around.store.fail();
        assertStore(() -> create("anna"));
        assertStore(() -> tokens.refresh(ADMIN, made.token().id(), made.password()));
        assertStore(() -> tokens.revoke(ADMIN, made.token().id()));
        around.store.mend();
        assertThat(tokens.list())
                .extracting(TemporaryToken::id)
                .containsExactly(made.token().id());
        assertThat(prove(made.token().name(), made.password())).isInstanceOf(Proof.Proven.class);
        assertThat(around.tokens().list()).isEqualTo(tokens.list());
        assertThat(around.ended).isEmpty();
    }

    @Test
    void aDamagedTokenLetsNobodyInAndDisturbsNoOther() throws Exception {
        NewToken bad = create("anna");
        NewToken good = create("bert");
        try (var connection = around.memory.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update temporary_token set claims = '{' where id = '"
                    + bad.token().id() + "'");
        }
        TokenBook again = around.tokens();
        assertThat(again.list())
                .extracting(TemporaryToken::id)
                .containsExactly(good.token().id());
    }

    @Test
    void noPasswordIsStoredOrLogged() throws Exception {
        NewToken made = create("anna");
        assertThat(around.everythingStored() + around.trail + made).doesNotContain(made.password());
    }

    private NewToken create(String identity) throws IdentityException {
        return tokens.create(ADMIN, order("default", identity, HOUR, true));
    }

    private static TokenOrder order(String organisation, String identity, Duration life, boolean replaces) {
        return new TokenOrder(organisation, identity, Optional.empty(), Map.of("line", "3"), life, replaces);
    }

    private Proof prove(String name, String password) {
        return tokens.prove("default", name, attempt(password))
                .toCompletableFuture()
                .join();
    }

    private static void assertStore(org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.STORE));
    }
}
