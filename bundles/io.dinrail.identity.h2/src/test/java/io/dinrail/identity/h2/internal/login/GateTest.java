package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.GateWorld.HERE;
import static io.dinrail.identity.h2.internal.login.GateWorld.NOON;
import static io.dinrail.identity.h2.internal.login.GateWorld.THERE;
import static io.dinrail.identity.h2.internal.login.GateWorld.attempt;
import static io.dinrail.identity.h2.internal.login.GateWorld.organisation;
import static io.dinrail.identity.h2.internal.login.GateWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import io.dinrail.identity.h2.internal.login.GateWorld.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;

class GateTest {
    private final GateWorld world = new GateWorld();

    @BeforeEach
    void somebodyIsKnown() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1", "right");
        world.books.put(Principal.Kind.DEVICE, THERE, "press-1", "other");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void whoHasTheRightSecretMayDoWhatItsRulesSay() {
        Access access = world.access("press-1", "right", new Ears());

        assertThat(access.bind("press-1")).isTrue();
        assertThat(access.principal()).isEqualTo(new Principal(Principal.Kind.DEVICE, "default", "press-1"));
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isTrue();
        assertThat(access.mayReceive("t/press-1")).isTrue();
        assertThat(access.may(Action.PUBLISH, "t/press-2")).isFalse();
        assertThat(world.throttle.heard).containsExactly("succeeded press-1 " + HERE);
    }

    @Test
    void equalNamesInTwoOrganisationsAreTwoPrincipals() {
        assertThat(world.admit("press-1", "other")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.admit("press-1@" + THERE, "right")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.access("press-1@elsewhere", "other", new Ears())
                        .principal()
                        .organisation())
                .isEqualTo(THERE);
    }

    @Test
    void everyWayToWriteANameIsOneNameToTheThrottle() {
        Stream.of("press-1@" + THERE, "press-1@elsewhere").forEach(login -> world.admit(login, "wrong"));
        Stream.of("press-1", "press-1@default").forEach(login -> world.admit(login, "wrong"));

        assertThat(world.throttle.heard)
                .containsExactly(
                        "failed press-1@" + THERE + ' ' + HERE,
                        "failed press-1@" + THERE + ' ' + HERE,
                        "failed press-1 " + HERE,
                        "failed press-1 " + HERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"press-1", "press-2", "press-1@nowhere", "press-1@", "@default", "", "a b", "press-1\0"})
    void everybodyUnknownOrWrongGoesTheSameWayAndGetsTheSameAnswer(String login) {
        assertThat(world.admit(login, "wrong")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.books.asked).as("looked at as often as a known name").hasSize(1);
        assertThat(world.throttle.heard).hasSize(1).allMatch(heard -> heard.startsWith("failed"));
        assertThat(world.trail.refused).hasSize(1);
    }

    static Stream<String> hostile() {
        return Stream.of(
                "+",
                "#",
                "press-1/#",
                "%u",
                "%",
                "press-1\0",
                "press-1\n",
                "\u0000",
                "pre\u0301ss-1",
                "ｐress-1",
                "${jndi:ldap://x/y}",
                "press-1@default@",
                "press-1@default@default",
                " press-1",
                "press-1 @default",
                "press-1@ default",
                "press-1@default\n",
                "press-1@default/x",
                "../press-1",
                "\uD800",
                "x".repeat(65_536),
                "press-1@" + "x".repeat(65_536));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileNamesAreNobodysEvenWithARightSecret(String login) {
        assertThat(world.admit(login, "right")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.books.asked).containsExactly("default/\0");
        assertThat(world.throttle.heard.get(0).length()).isLessThan(600);
    }

    @Test
    void noSecretIsAWrongSecret() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "bare", "");

        assertThat(world.admit("bare", "")).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aThrottledNameIsNotLookedAt() {
        world.throttle.open = false;

        assertThat(world.admit("press-1", "right")).isEqualTo(refused(Reason.THROTTLED));
        assertThat(world.books.asked).isEmpty();
        assertThat(world.throttle.heard).isEmpty();
        assertThat(world.trail.refused).containsExactly("press-1 " + HERE + " throttled");
    }

    @Test
    void aDisabledOrganisationSaysSoToWhoHasTheSecretOnly() {
        world.tenants.put(organisation(THERE, true, 0));

        assertThat(world.admit("press-1@" + THERE, "wrong")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.admit("press-1@" + THERE, "other")).isEqualTo(refused(Reason.BARRED));
    }

    @Test
    void aCredentialThatDoesNotCountIsBarredAndNoGuess() {
        world.books.barred.put("default/press-1", new Proof.Failed(Reason.BARRED, "disabled"));

        assertThat(world.admit("press-1", "right")).isEqualTo(refused(Reason.BARRED));
        assertThat(world.throttle.heard).isEmpty();
        assertThat(world.trail.refused).containsExactly("press-1 " + HERE + " disabled");
    }

    @Test
    void whatHasEndedStaysEndedWhenTheClockIsSetBack() {
        Principal principal = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, "guest");
        world.books.put(new Entry(principal, "right", "device", List.of("guest"), Optional.of(NOON.plusSeconds(5))));
        world.clock.advance(java.time.Duration.ofSeconds(5));
        assertThat(world.admit("guest", "right")).isEqualTo(refused(Reason.BARRED));

        world.clock.advance(java.time.Duration.ofHours(-1));

        assertThat(world.admit("guest", "right")).isEqualTo(refused(Reason.BARRED));
    }

    @Test
    void anOrganisationHasNoMoreConnectionsThanItMay() {
        world.tenants.put(organisation(Organisation.DEFAULT, false, 2));
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-2", "right");
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-3", "right");
        Access first = world.access("press-1", "right", new Ears());
        world.access("press-2", "right", new Ears());

        assertThat(world.admit("press-3", "right")).isEqualTo(refused(Reason.UNAVAILABLE));
        assertThat(world.admit("press-2", "right"))
                .as("a device whose old connection hangs comes back")
                .isInstanceOf(Admission.Admitted.class);
        assertThat(world.admit("press-2", "right"))
                .as("but can't take every place")
                .isEqualTo(refused(Reason.UNAVAILABLE));

        world.table.end("credential:default/press-2", io.dinrail.identity.api.AccessListener.End.DISABLED);
        first.close();
        org.awaitility.Awaitility.await()
                .untilAsserted(
                        () -> assertThat(world.admit("press-3", "right")).isInstanceOf(Admission.Admitted.class));
    }

    @Test
    void theFirstProverThatClaimsASecretChecksItAndNobodyElse() {
        world.gate.addProver(new Claims("tok", "second"), Map.of(Constants.SERVICE_ID, 1L));
        world.gate.addProver(
                new Claims("tok", "first"), Map.of(Constants.SERVICE_ID, 2L, Constants.SERVICE_RANKING, 5));

        assertThat(world.access("anybody", "token", new Ears()).ruleSet()).isEqualTo("first");
        assertThat(world.admit("press-1", "right")).isInstanceOf(Admission.Admitted.class);
        assertThat(world.books.asked).containsExactly("default/press-1");
    }

    @Test
    void aSecretThatAProverClaimsIsNeverACredentials() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "sly", "token");
        Prover strict = new Claims("tok", "x") {
            @Override
            public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
                return CompletableFuture.completedFuture(new Proof.Failed(Reason.WRONG, "forged"));
            }
        };
        world.gate.addProver(strict, Map.of());

        assertThat(world.admit("sly", "token")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.books.asked).isEmpty();

        world.gate.removeProver(strict);
        assertThat(world.admit("sly", "token")).isInstanceOf(Admission.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tkn_0123456789", "enr_ABCD-EFGH", "ENR_ABCD", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"})
    void whatAProverIsToCheckThatIsNotThereYetIsNeitherWrongNorAPassword(String secret) {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "sly", secret);

        assertThat(world.admit("sly", secret)).isEqualTo(refused(Reason.UNAVAILABLE));
        assertThat(world.admit("nobody@nowhere", secret)).isEqualTo(refused(Reason.UNAVAILABLE));
        assertThat(world.books.asked).isEmpty();
        assertThat(world.throttle.heard).as("no failed tries").isEmpty();

        world.gate.addProver(new Claims(secret.substring(0, 4), "rules"), Map.of());
        assertThat(world.admit("sly", secret)).isInstanceOf(Admission.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tkn_", "enr-x", "tkn", "TKN_x", "eyJ.a", "eyJ.a.b.c", "eyJ.a b.c", "sk_id_x", "wrong"})
    void whatOnlyLooksLikeThatIsAWrongSecret(String secret) {
        assertThat(world.admit("press-1", secret)).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aGateThatIsShutHearsOfRulesNoMore() {
        assertThat(world.rules.watchers).hasSize(1);
        world.gate.shut();

        assertThat(world.rules.watchers).isEmpty();
    }

    @Test
    void anAliasWithADotIsAnOrganisationsName() {
        world.books.put(Principal.Kind.DEVICE, THERE, "press.7", "right");

        assertThat(world.access("press.7@plant.north", "right", new Ears()).principal())
                .isEqualTo(new Principal(Principal.Kind.DEVICE, THERE, "press.7"));
    }

    @Test
    void aProverCanLetNobodyIntoAnotherOrganisation() {
        world.gate.addProver(new Claims("tok", "x"), Map.of());

        assertThat(world.admit("anybody@" + THERE, "token")).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aFailureInsideLetsNobodyInAndIsNotThrown() {
        Prover broken = new Claims("bro", "x") {
            @Override
            public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
                throw new IllegalStateException("broken");
            }
        };
        world.gate.addProver(broken, Map.of());

        assertThat(world.admit("press-1", "broken")).isEqualTo(refused(Reason.UNAVAILABLE));
    }

    @Test
    void whatCantBeCheckedTellsNobodyWhoIsKnown() {
        Prover locked = new Claims("tok", "x") {
            @Override
            public CompletionStage<Proof> prove(String organisation, String name, Attempt attempt) {
                return CompletableFuture.completedFuture(new Proof.Failed(Reason.UNAVAILABLE, "no keys"));
            }
        };
        world.gate.addProver(locked, Map.of());

        assertThat(world.admit("press-1", "token")).isEqualTo(refused(Reason.UNAVAILABLE));
        assertThat(world.admit("press-1@nowhere", "token")).isEqualTo(refused(Reason.UNAVAILABLE));
    }

    @Test
    void aCredentialRevokedWhileItIsCheckedDoesNotGetIn() {
        world.books.meanwhile = () -> world.books.entries.remove("default/press-1");
        Ears ears = new Ears();

        assertThat(world.admit(attempt("press-1", "right"), ears)).isEqualTo(refused(Reason.BARRED));
    }

    @Test
    void aRuleSetChangedWhileItsOwnerIsCheckedIsTheOneThatCounts() {
        world.rules.put(Organisation.DEFAULT, "narrow", "n/%u");
        Principal principal = new Principal(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1");
        world.books.meanwhile =
                () -> world.books.put(new Entry(principal, "right", "narrow", List.of("press-1"), Optional.empty()));
        Access access = world.access("press-1", "right", new Ears());
        access.bind("press-1");

        org.awaitility.Awaitility.await().untilAsserted(() -> {
            assertThat(access.may(Action.PUBLISH, "n/press-1")).isTrue();
            assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.8.7", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void aClientOfThisMachineNeedsNoNameWhereARuleSetSaysSo(String address) {
        Admission admission = world.gate.anonymous("device", address, new Ears());

        Access access = ((Admission.Admitted) admission).access();
        assertThat(access.principal()).isEqualTo(new Principal(Principal.Kind.ANONYMOUS, "default", "anonymous"));
        assertThat(access.bind("whatever it likes")).isTrue();
        assertThat(access.may(Action.PUBLISH, "t/anonymous")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.1", "128.0.0.1", "::2", "localhost", "127.0.0.1.evil.example", "::ffff:10.0.0.1"})
    void nobodyElseGetsInWithoutAName(String address) {
        assertThat(world.gate.anonymous("device", address, new Ears())).isEqualTo(refused(Reason.BARRED));
    }

    @Test
    void withoutItsRuleSetNobodyIsAnonymous() {
        assertThat(world.gate.anonymous("none", HERE, new Ears())).isEqualTo(refused(Reason.UNAVAILABLE));
    }

    @Test
    void afterItsEndTheGateLetsNobodyIn() {
        Access access = world.access("press-1", "right", new Ears());
        access.bind("press-1");

        world.gate.shut();

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        assertThat(world.admit("press-1", "right")).isEqualTo(refused(Reason.UNAVAILABLE));
    }

    /** Claims secrets that begin with something, and believes them in the default organisation's name. */
    private static class Claims implements Prover {
        private final String start;
        private final String name;

        Claims(String start, String name) {
            this.start = start;
            this.name = name;
        }

        @Override
        public boolean claims(byte[] secret) {
            return new String(secret, java.nio.charset.StandardCharsets.UTF_8).startsWith(start);
        }

        @Override
        public CompletionStage<Proof> prove(String organisation, String bearer, Attempt attempt) {
            return CompletableFuture.completedFuture(new Proof.Proven(
                    new Principal(Principal.Kind.BACKEND, Organisation.DEFAULT, bearer),
                    List.of("*"),
                    name,
                    Optional.of(GateWorld.RuleBook.granting(List.of("k"))),
                    Map.of(),
                    Optional.empty(),
                    Set.of("key:1"),
                    () -> true));
        }
    }
}
