package io.dinrail.identity.h2.internal.keys;

import static io.dinrail.identity.h2.internal.keys.Surroundings.ADMIN;
import static io.dinrail.identity.h2.internal.keys.Surroundings.NOON;
import static io.dinrail.identity.h2.internal.keys.Surroundings.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Enrolment;
import io.dinrail.identity.api.Enrolment.Enrolled;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.Principal.Kind;
import io.dinrail.identity.h2.internal.login.Proof;
import io.dinrail.identity.h2.internal.rules.Rights;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentBookTest {
    private static final Optional<String> SECRET = Optional.empty();
    private static final Duration DAY = Enrolment.USUAL_LIFE;

    private final Surroundings around = new Surroundings();
    private final ListedCredentials credentials = new ListedCredentials();
    private final EnrolmentBook enrolment = book();

    @AfterEach
    void close() {
        around.memory.close();
    }

    @Test
    void aCodeIsChangedForASecretOnce() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThat(code).matches("enr_([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(enrolment.list()).extracting(e -> e.login()).containsExactly("gw-1");
        Enrolled enrolled = enrolment.redeem("192.0.2.1", "gw-1", code, SECRET);
        assertThat(enrolled.issued().secret()).isEqualTo("secret of gw-1");
        assertThat(enrolled.certificate()).isEmpty();
        assertUnknown("gw-1", code);
        assertThat(enrolment.list()).isEmpty();
        assertThat(book().list()).isEmpty();
    }

    @Test
    void aCodeMayBeTypedAsPeopleType() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        String typed =
                code.toLowerCase(Locale.ROOT).replace("-", "").replace('0', 'o').replace('1', 'l');
        assertThat(enrolment.redeem("", "gw-1", typed, SECRET).issued().secret())
                .isNotEmpty();
    }

    @Test
    void aCodeIsChangedForACertificate() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        Enrolled enrolled = enrolment.redeem("", "gw-1", code, Optional.of("CSR"));
        assertThat(enrolled.certificate()).contains("certificate of default/gw-1");
        assertThat(enrolled.issued().secret()).isEmpty();
    }

    @Test
    void aRefusedRequestDoesNotSpendTheCode() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThatThrownBy(() -> enrolment.redeem("", "gw-1", code, Optional.of("rubbish")))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.REFUSED));
        credentials.signingFails = true;
        assertThatThrownBy(() -> enrolment.redeem("", "gw-1", code, Optional.of("CSR")))
                .isInstanceOf(IdentityException.class);
        assertThat(credentials.list()).isEmpty();
        credentials.signingFails = false;
        enrolment.redeem("", "gw-1", code, Optional.of("CSR"));
    }

    @Test
    void aRequestIsNotLookedAtWithoutACode() throws Exception {
        enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThatThrownBy(() -> enrolment.redeem("", "gw-1", "enr_0", Optional.of("rubbish")))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.UNKNOWN));
    }

    @Test
    void wrongUsedEndedAndForeignCodesAreNotToldApart() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        String used = enrolment.open(ADMIN, "gw-2", "device", DAY);
        enrolment.redeem("", "gw-2", used, SECRET);
        assertUnknown("gw-2", used);
        assertUnknown("gw-3", code);
        assertUnknown("gw-1", used);
        assertUnknown("gw-1", "enr_" + "0".repeat(28));
        assertUnknown("gw-1", "");
        assertUnknown("gw-1\u0000", code);
        assertUnknown("gw-1@org_nobody", code);
        assertUnknown("gw-1@" + Surroundings.OTHER, code);
        around.wall.advance(DAY);
        assertUnknown("gw-1", code);
        around.wall.advance(DAY.negated());
        assertUnknown("gw-1", code);
    }

    @Test
    void ofManyWhoHoldACodeOneGetsTheCredential() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        Callable<Boolean> redeem = () -> {
            try {
                enrolment.redeem("", "gw-1", code, SECRET);
                return true;
            } catch (IdentityException e) {
                return false;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int served = 0;
        List<Callable<Boolean>> all = new ArrayList<>(java.util.Collections.nCopies(32, redeem));
        for (Future<Boolean> one : threads.invokeAll(all)) {
            served += one.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(served).isEqualTo(1);
        assertThat(credentials.issued).hasValue(1);
    }

    @Test
    void aCodeLogsInToAskAndToHearTheAnswerAndNothingElse() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        Proof.Proven proven = (Proof.Proven) prove("gw-1", code.toUpperCase(Locale.ROOT));
        assertThat(proven.clientIds()).containsExactly("gw-1");
        assertThat(proven.until()).contains(NOON.plus(DAY));
        assertThat(proven.roots()).containsExactly("enrolment:default/gw-1");
        Rights rights = Surroundings.bound(proven);
        assertThat(rights.may(Action.PUBLISH, "_system/enrolment/gw-1/request")).isTrue();
        assertThat(rights.may(Action.SUBSCRIBE, "_system/enrolment/gw-1/answer"))
                .isTrue();
        assertThat(rights.mayReceive("_system/enrolment/gw-1/answer")).isTrue();
        assertThat(rights.may(Action.PUBLISH, "_system/enrolment/gw-1/answer")).isFalse();
        assertThat(rights.may(Action.PUBLISH, "_system/enrolment/gw-2/request")).isFalse();
        assertThat(rights.may(Action.SUBSCRIBE, "_system/enrolment/+/answer")).isFalse();
        assertThat(rights.may(Action.SUBSCRIBE, "_system/enrolment/gw-1/request"))
                .isFalse();
        assertThat(rights.mayReceive("_system/enrolment/gw-2/answer")).isFalse();
        assertThat(rights.may(Action.PUBLISH, "telemetry/gw-1/x")).isFalse();
        assertThat(rights.may(Action.SUBSCRIBE, "#")).isFalse();
    }

    @Test
    void theConnectionGoesAfterTheAnswerHasGotOut() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        Proof.Proven proven = (Proof.Proven) prove("gw-1", code);
        enrolment.redeem("", "gw-1", code, SECRET);
        assertThat(proven.holds().getAsBoolean()).isFalse();
        assertThat(around.ended).isEmpty();
        around.waiting.forEach(Runnable::run);
        assertThat(around.ended).containsExactly("enrolment:default/gw-1 EXPIRED");
    }

    @Test
    void aCodeOfAnotherOrAUsedOneDoesNotLogIn() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThat(prove("gw-2", code)).isEqualTo(new Proof.Failed(Reason.WRONG, "enrolment code"));
        enrolment.redeem("", "gw-1", code, SECRET);
        assertThat(prove("gw-1", code)).isEqualTo(new Proof.Failed(Reason.WRONG, "enrolment code"));
        assertThat(enrolment.claims("ENR_x".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(enrolment.claims("enr".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void whoeverHasACredentialCannotEnrol() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        credentials.give("gw-1");
        assertUnknown("gw-1", code);
        assertThat(prove("gw-1", code)).isInstanceOf(Proof.Failed.class);
        assertThatThrownBy(() -> enrolment.open(ADMIN, "gw-1", "device", DAY))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.TAKEN));
    }

    @Test
    void aPersonsNameIsTaken() {
        around.credential(Kind.PERSON, "anna");
        assertThatThrownBy(() -> enrolment.open(ADMIN, "anna", "device", DAY))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.TAKEN));
    }

    @Test
    void anotherCodeForTheSameLoginEndsTheFirst() throws Exception {
        String first = enrolment.open(ADMIN, "gw-1", "device", DAY);
        String second = enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThat(around.ended).containsExactly("enrolment:default/gw-1 EXPIRED");
        assertUnknown("gw-1", first);
        enrolment.redeem("", "gw-1", second, SECRET);
    }

    @Test
    void aCodeTakenBackIsNoneAnyMore() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        enrolment.cancel(ADMIN, "gw-1");
        assertUnknown("gw-1", code);
        assertThat(around.ended).containsExactly("enrolment:default/gw-1 REVOKED");
        assertThat(book().list()).isEmpty();
        assertThatThrownBy(() -> enrolment.cancel(ADMIN, "gw-1")).isInstanceOf(IdentityException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gw/1",
                "gw+",
                "gw-1@",
                "gw-1@org_nobody",
                "server",
                "System",
                "anonymous",
                "gw\n1",
                "@default"
            })
    void aNameNobodyCanHaveIsRefused(String login) {
        assertThatThrownBy(() -> enrolment.open(ADMIN, login, "device", DAY)).isInstanceOf(IdentityException.class);
    }

    @Test
    void aLifeOrRuleSetThatIsNoneIsRefused() {
        assertThatThrownBy(() -> enrolment.open(ADMIN, "gw-1", "nothing", DAY)).hasMessageContaining("rule set");
        assertThatThrownBy(() -> enrolment.open(ADMIN, "gw-1", "device", Duration.ofDays(31)))
                .hasMessageContaining("life");
        assertThatThrownBy(() -> enrolment.open(ADMIN, "gw-1", "device", Duration.ofSeconds(59)))
                .hasMessageContaining("life");
    }

    @Test
    void codesWorkAfterAStart() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        assertThat(book().redeem("", "gw-1", code, SECRET).issued().secret()).isNotEmpty();
    }

    @Test
    void aStoreThatFailsOpensNothingAndAUsedCodeStaysUsed() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        around.store.fail();
        assertThatThrownBy(() -> enrolment.open(ADMIN, "gw-2", "device", DAY)).hasMessageContaining("store");
        assertThatThrownBy(() -> enrolment.cancel(ADMIN, "gw-1")).hasMessageContaining("store");
        enrolment.redeem("", "gw-1", code, SECRET);
        assertUnknown("gw-1", code);
        credentials.revoke(ADMIN, "gw-1");
        assertUnknown("gw-1", code);
        around.store.mend();
        enrolment.tidy();
        assertThat(book().list()).isEmpty();
    }

    @Test
    void noCodeIsStoredOrLogged() throws Exception {
        String code = enrolment.open(ADMIN, "gw-1", "device", DAY);
        String bare = code.replace("-", "").substring("enr_".length());
        assertThat((around.everythingStored() + around.trail + enrolment.list()).replace("-", ""))
                .doesNotContain(bare);
    }

    private EnrolmentBook book() {
        try {
            return new EnrolmentBook(
                    around.store,
                    around.vault,
                    around,
                    around,
                    credentials,
                    around,
                    credentials,
                    around,
                    around,
                    around.clock,
                    around);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Proof prove(String name, String code) {
        return enrolment
                .prove("default", name, attempt(code))
                .toCompletableFuture()
                .join();
    }

    private void assertUnknown(String login, String code) {
        assertThatThrownBy(() -> enrolment.redeem("192.0.2.1", login, code, SECRET))
                .isInstanceOfSatisfying(
                        IdentityException.class,
                        e -> assertThat(e.reason()).isEqualTo(IdentityException.Reason.UNKNOWN))
                .hasMessage("this code is wrong, was used or has ended: ask for another");
    }
}
