package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.h2.internal.keys.Surroundings.ADMIN;
import static io.dinrail.identity.h2.internal.keys.Surroundings.NOON;
import static io.dinrail.identity.h2.internal.keys.Surroundings.OTHER;
import static io.dinrail.identity.h2.internal.keys.Surroundings.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.ApiKey;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.api.ApiKeys.NewKey;
import io.dinrail.identity.api.ApiKeys.TokenOrder;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBookTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Surroundings around = new Surroundings();
    private final KeyBook keys = around.keys();

    @AfterEach
    void close() {
        around.memory.close();
    }

    @Test
    void aSecretKeyHasThreeRenderings() throws Exception {
        NewKey key = create();
        assertThat(key.key().id()).matches("sk_id_[0-9a-f]{24}");
        assertThat(key.signingSecret()).matches("sk_secret_[A-Za-z0-9]{43,}");
        assertThat(key.oneString())
                .isEqualTo(key.key().id() + key.signingSecret().substring("sk".length()));
        assertThat(key.key().patterns()).containsExactly("**");
        assertThat(key.key().actions()).containsExactlyInAnyOrder(Permission.values());
    }

    /** As the published device code does it. */
    @ParameterizedTest
    @ValueSource(strings = {"sk_id_", "sk_live_"})
    void aTokenMadeByCuttingTheOneStringLogsIn(String prefix) throws Exception {
        String one = create().oneString().replace("sk_id_", prefix);
        int cut = one.indexOf("_secret_");
        String token = handMade(one.substring(0, cut), one.substring(cut + "_secret_".length()), "press-1");
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void aTokenMadeFromTheColonJoinedPairLogsIn() throws Exception {
        NewKey key = create();
        String pair = key.key().id() + ':' + key.signingSecret();
        int cut = pair.indexOf("_secret_");
        String token = handMade(pair.substring(0, cut), pair.substring(cut + "_secret_".length()), "press-1");
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
        assertThat(prove("press-1", handMade(key.key().id(), key.signingSecret(), "press-1")))
                .isInstanceOf(Proof.Proven.class);
    }

    @Test
    void aMintedTokenLogsInUntilItEnds() throws Exception {
        NewKey key = create();
        Proof.Proven proven = (Proof.Proven) prove("press-1", mint(key, "press-1"));
        assertThat(proven.principal()).isEqualTo(new Principal(Kind.BACKEND, "default", "press-1"));
        assertThat(proven.clientIds()).containsExactly("press-1", "press-1-*");
        assertThat(proven.until()).contains(NOON.plus(HOUR));
        assertThat(proven.ruleSet()).isEqualTo("key " + key.key().id());
        assertThat(proven.roots()).contains("key:" + key.key().id());
        assertThat(proven.holds().getAsBoolean()).isTrue();
    }

    @Test
    void aTokenNamedLikeADeviceIsThatDevice() throws Exception {
        around.credential(Kind.GATEWAY, "gw-1");
        Proof.Proven proven = (Proof.Proven) prove("gw-1", mint(create(), "gw-1"));
        assertThat(proven.principal().kind()).isEqualTo(Kind.GATEWAY);
        assertThat(proven.clientIds()).containsExactly("gw-1");
        assertThat(proven.roots()).contains("credential:default/gw-1");
    }

    @Test
    void aTokenNamedLikeABarredDeviceIsBarred() throws Exception {
        around.named.put("default/press-1", new Proof.Failed(Reason.BARRED, "disabled"));
        assertBarred(prove("press-1", mint(create(), "press-1")));
    }

    @Test
    void aDeviceBarredWhileItsTokenWasCheckedDoesNotGetIn() throws Exception {
        around.credential(Kind.DEVICE, "press-1");
        Proof.Proven proven = (Proof.Proven) prove("press-1", mint(create(), "press-1"));
        around.named.put("default/press-1", new Proof.Failed(Reason.BARRED, "disabled"));
        assertThat(proven.holds().getAsBoolean()).isFalse();
    }

    @Test
    void aTokenNamedLikeAPersonIsNotThatPerson() throws Exception {
        around.credential(Kind.PERSON, "anna");
        Proof.Proven proven = (Proof.Proven) prove("anna", mint(create(), "anna"));
        assertThat(proven.principal().kind()).isEqualTo(Kind.BACKEND);
    }

    @Test
    void twoSecretsWorkWhileARotationOverlaps() throws Exception {
        NewKey old = create();
        String id = old.key().id();
        String token = mint(old, "press-1", Duration.ofDays(2));
        NewKey fresh = keys.rotate(ADMIN, id, Duration.ofHours(24));
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
        assertThat(prove("press-1", handMade(id, old.signingSecret(), "press-1")))
                .isInstanceOf(Proof.Proven.class);
        assertThat(prove("press-1", handMade(id, fresh.signingSecret(), "press-1")))
                .isInstanceOf(Proof.Proven.class);
        around.wall.advance(Duration.ofHours(24));
        assertWrong(prove("press-1", token));
        assertThat(prove("press-1", mint(fresh, "press-1"))).isInstanceOf(Proof.Proven.class);
        assertThat(around.ended).isEmpty();
    }

    @Test
    void anotherRotationEndsTheOldestSecret() throws Exception {
        NewKey old = create();
        String token = mint(old, "press-1");
        keys.rotate(ADMIN, old.key().id(), Duration.ofHours(24));
        keys.rotate(ADMIN, old.key().id(), Duration.ofHours(24));
        assertWrong(prove("press-1", token));
    }

    @Test
    void aRotationWithoutOverlapEndsWhatRestsOnTheKey() throws Exception {
        NewKey old = create();
        Proof.Proven proven = (Proof.Proven) prove("press-1", mint(old, "press-1"));
        keys.rotate(ADMIN, old.key().id(), Duration.ZERO);
        assertThat(around.ended).containsExactly("key:" + old.key().id() + " DISTRUSTED");
        assertThat(proven.holds().getAsBoolean()).isFalse();
    }

    @Test
    void aDisabledKeyBarsAndAnEnabledOneLetsInAgain() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        Proof.Proven proven = (Proof.Proven) prove("press-1", token);
        keys.disable(ADMIN, key.key().id(), true);
        assertBarred(prove("press-1", token));
        assertThat(proven.holds().getAsBoolean()).isFalse();
        assertThat(around.ended).containsExactly("key:" + key.key().id() + " DISTRUSTED");
        assertThatThrownBy(() -> mint(key, "press-1")).hasMessageContaining("disabled");
        keys.disable(ADMIN, key.key().id(), false);
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void aDeletedKeyIsUnknown() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
        keys.delete(ADMIN, key.key().id());
        assertWrong(prove("press-1", token));
        assertThat(around.ended).containsExactly("key:" + key.key().id() + " DISTRUSTED");
        assertThat(keys.list()).isEmpty();
        assertThat(around.keys().list()).isEmpty();
    }

    @Test
    void keysAreAsTheyWereAfterAStart() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        keys.rotate(ADMIN, key.key().id(), Duration.ofHours(24));
        KeyBook again = around.keys();
        assertThat(again.list()).isEqualTo(keys.list());
        assertThat(again.prove("default", "press-1", attempt(token))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Proof.Proven.class);
    }

    @Test
    void theLastUseIsWrittenNowAndThen() throws Exception {
        NewKey key = create();
        prove("press-1", mint(key, "press-1"));
        assertThat(keys.list()).extracting(ApiKey::lastUsedAt).containsExactly(Optional.of(NOON));
        keys.stop();
        assertThat(around.keys().list()).extracting(ApiKey::lastUsedAt).containsExactly(Optional.of(NOON));
    }

    @Test
    void aDamagedKeySignsNothingAndDisturbsNoOther() throws Exception {
        NewKey good = create();
        NewKey bad = create();
        String token = mint(bad, "press-1");
        try (var connection = around.memory.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update api_key set actions = 'everything' where id = '"
                    + bad.key().id() + "'");
        }
        KeyBook again = around.keys();
        assertWrong(again.prove("default", "press-1", attempt(token))
                .toCompletableFuture()
                .join());
        assertThat(again.prove("default", "press-1", attempt(mint(good, "press-1")))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Proof.Proven.class);
        again.delete(ADMIN, bad.key().id());
    }

    @Test
    void aDamagedSecretIsNotTakenForAnother() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        try (var connection = around.memory.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update api_key_secret set sealed = x'00112233445566778899aabbccddeeff0011223344556677'");
        }
        Proof proof = around.keys()
                .prove("default", "press-1", attempt(token))
                .toCompletableFuture()
                .join();
        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    @Test
    void withoutAMasterKeyNothingIsMadeAndNobodyGetsIn() throws Exception {
        String token = mint(create(), "press-1");
        around.vault.lock(true);
        KeyBook locked = around.keys();
        assertThat(locked.prove("default", "press-1", attempt(token))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Proof.Failed(Reason.UNAVAILABLE, "no key"));
        assertThatThrownBy(() -> locked.create(ADMIN, "default", "x", List.of(), Set.of()))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void whatTheStoreDidNotTakeIsNotInForce() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        String id = key.key().id();
        around.store.fail();
        assertStore(() -> create());
        assertStore(() -> keys.rotate(ADMIN, id, Duration.ZERO));
        assertStore(() -> keys.disable(ADMIN, id, true));
        assertStore(() -> keys.delete(ADMIN, id));
        assertThat(keys.list()).hasSize(1);
        assertThat(around.ended).isEmpty();
        assertThat(prove("press-1", token)).isInstanceOf(Proof.Proven.class);
    }

    @Test
    void thereAreFiftyKeysOfAnOrganisationAtMost() throws Exception {
        for (int i = 0; i < 50; i++) {
            create();
        }
        assertThatThrownBy(this::create).hasMessageContaining("50 keys already");
        keys.create(ADMIN, OTHER, "theirs", List.of(), Set.of());
    }

    @Test
    void aPublishableKeySignsNothingAndSendsNoCommands() throws Exception {
        NewKey key = keys.createPublishable(
                ADMIN,
                "default",
                "map",
                List.of("devices/*"),
                Set.of(Permission.SUBSCRIBE),
                List.of("https://plant.example"));
        assertThat(key.key().id()).startsWith("pk_live_");
        assertThat(key.signingSecret()).isEmpty();
        assertThat(key.key().warnings()).hasSize(1);
        assertThatThrownBy(() -> mint(key, "press-1")).hasMessageContaining("publishable");
        assertThatThrownBy(() -> keys.rotate(ADMIN, key.key().id(), HOUR)).hasMessageContaining("publishable");
        assertThatThrownBy(() -> keys.createPublishable(
                        ADMIN, "default", "map", List.of("a"), Set.of(Permission.COMMAND), List.of()))
                .hasMessageContaining("command");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a/b", "javascript:alert(1)", "https://user@a", "https://a b", "null", ""})
    void whatIsNoOriginIsRefused(String origin) {
        assertThatThrownBy(() -> keys.createPublishable(
                        ADMIN, "default", "map", List.of("a"), Set.of(Permission.SUBSCRIBE), List.of(origin)))
                .hasMessageContaining("origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices/#", "a\nb", "", "a+b"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> keys.create(ADMIN, "default", "x", List.of(pattern), Set.of()))
                .isInstanceOf(IdentityException.class);
    }

    @Test
    void nothingIsMintedBeyondTheKey() throws Exception {
        NewKey key = keys.create(ADMIN, "default", "x", List.of("devices/**"), Set.of(Permission.PUBLISH));
        assertRefused(key, order("press-1", List.of("alerts/a"), null, HOUR));
        assertRefused(key, order("press-1", List.of("**"), null, HOUR));
        assertRefused(key, order("press-1", null, Set.of(Permission.COMMAND), HOUR));
        assertRefused(key, order("press-1", null, Set.of(), HOUR));
        assertRefused(key, order("press-1", null, null, Duration.ofDays(31)));
        assertRefused(key, order("press-1", null, null, Duration.ZERO));
        assertRefused(key, order("", null, null, HOUR));
        assertRefused(key, order("a\u00e9", null, null, HOUR));
        assertRefused(key, order("server", null, null, HOUR));
        assertRefused(key, order("anonymous", null, null, HOUR));
        String token = keys.mint(
                ADMIN,
                key.key().id(),
                order("press-1", List.of("devices/press-1/*"), Set.of(Permission.PUBLISH), Duration.ofDays(30)));
        Rights rights = Surroundings.bound(prove("press-1", token));
        assertThat(rights.may(Action.PUBLISH, "devices/press-1/state")).isTrue();
        assertThat(rights.may(Action.PUBLISH, "devices/press-2/state")).isFalse();
        assertThat(rights.may(Action.SUBSCRIBE, "devices/press-1/state")).isFalse();
    }

    @Test
    void noSecretIsStoredOrLoggedInClear() throws Exception {
        NewKey key = create();
        String token = mint(key, "press-1");
        prove("press-1", token);
        String bare = key.signingSecret().substring("sk_secret_".length());
        assertThat(around.everythingStored() + around.trail + key)
                .doesNotContain(bare)
                .doesNotContain(token);
        assertThat(around.everythingStored())
                .doesNotContain(
                        java.util.HexFormat.of().formatHex(bare.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private NewKey create() throws IdentityException {
        return keys.create(ADMIN, "default", "plant", List.of(), Set.of());
    }

    private String mint(NewKey key, String peer) throws IdentityException {
        return mint(key, peer, HOUR);
    }

    private String mint(NewKey key, String peer, Duration life) throws IdentityException {
        return keys.mint(ADMIN, key.key().id(), order(peer, null, null, life));
    }

    private static TokenOrder order(String peer, List<String> channels, Set<Permission> permissions, Duration life) {
        return new TokenOrder(peer, Optional.ofNullable(channels), Optional.ofNullable(permissions), life);
    }

    private static String handMade(String kid, String hmacKey, String sub) {
        return HandMade.token(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}",
                "{\"sub\":\"" + sub + "\",\"exp\":" + (NOON.getEpochSecond() + 3600)
                        + ",\"channels\":[\"devices/press-1/events\",\"devices/press-1/commands\"],"
                        + "\"permissions\":[\"publish\",\"subscribe\"],\"peerMetadata\":{\"type\":\"device\"}}",
                hmacKey);
    }

    private Proof prove(String name, String token) {
        return keys.prove("default", name, attempt(token)).toCompletableFuture().join();
    }

    private void assertRefused(NewKey key, TokenOrder order) {
        assertThatThrownBy(() -> keys.mint(ADMIN, key.key().id(), order))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.REFUSED));
    }

    private static void assertStore(org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.STORE));
    }

    private static void assertWrong(Proof proof) {
        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.WRONG));
    }

    private static void assertBarred(Proof proof) {
        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.BARRED));
    }
}
