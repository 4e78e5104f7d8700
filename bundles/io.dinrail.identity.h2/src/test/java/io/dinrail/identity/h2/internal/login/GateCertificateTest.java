package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.GateWorld.HERE;
import static io.dinrail.identity.h2.internal.login.GateWorld.NOON;
import static io.dinrail.identity.h2.internal.login.GateWorld.THERE;
import static io.dinrail.identity.h2.internal.login.GateWorld.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.AccessListener.End;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Organisation;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.login.GateWorld.Ears;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateCertificateTest {
    private final GateWorld world = new GateWorld();
    private final Ears ears = new Ears();
    private final X509Certificate certificate = new NumberedCertificate(77);

    @BeforeEach
    void somebodyIsKnownAndCertified() {
        world.books.put(Principal.Kind.DEVICE, Organisation.DEFAULT, "press-1", "right");
        world.books.put(Principal.Kind.DEVICE, THERE, "press-1", "other");
        certify(Organisation.DEFAULT, "press-1");
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aCertificateIsEnough() {
        Access access = ((Admission.Admitted) admit("", "")).access();

        assertThat(access.bind("press-1")).isTrue();
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isTrue();
        assertThat(access.until()).contains(NOON.plusSeconds(60));
        assertThat(world.throttle.heard).containsExactly("succeeded press-1 " + HERE);
    }

    @Test
    void aLoginNextToItMustNameTheSame() {
        assertThat(admit("press-1", "")).isInstanceOf(Admission.Admitted.class);
        assertThat(admit("press-1@default", "")).isInstanceOf(Admission.Admitted.class);
        assertThat(admit("press-2", "")).isEqualTo(refused(Reason.WRONG));
        assertThat(admit("press-1@" + THERE, "other")).isEqualTo(refused(Reason.WRONG));
        assertThat(admit("press-1\0", "")).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aSecretNextToItMustBeRight() {
        assertThat(admit("press-1", "right")).isInstanceOf(Admission.Admitted.class);
        assertThat(admit("", "right")).isInstanceOf(Admission.Admitted.class);
        assertThat(admit("press-1", "wrong")).isEqualTo(refused(Reason.WRONG));
        assertThat(admit("", "wrong")).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void aCertificateOfNobodyLetsNobodyIn() {
        certify(Organisation.DEFAULT, "press-9");
        assertThat(admit("", "")).isEqualTo(refused(Reason.WRONG));

        certify("org_unknown", "press-1");
        assertThat(admit("", "")).isEqualTo(refused(Reason.WRONG));

        certify(Organisation.DEFAULT, "press-1@" + THERE);
        assertThat(admit("", "")).isEqualTo(refused(Reason.WRONG));
    }

    @Test
    void oneThatIsNotTrustedIsNotHelpedByARightSecret() {
        world.trusted.clear();

        assertThat(admit("press-1", "right")).isEqualTo(refused(Reason.WRONG));
        assertThat(admit("", "")).isEqualTo(refused(Reason.WRONG));
        assertThat(world.trail.refused)
                .containsExactly(
                        "press-1 " + HERE + " certificate not trusted",
                        "certificate 4d " + HERE + " certificate not trusted");
    }

    @Test
    void itEndsWithItsCertificate() {
        Access access = bound();

        world.table.end("ca:plant", End.DISTRUSTED);

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
        await().until(() -> ears.heard.contains("DISTRUSTED"));
    }

    @Test
    void itEndsWithItsCredential() {
        Access access = bound();

        world.table.end("credential:default/press-1", End.REVOKED);

        assertThat(access.may(Action.PUBLISH, "t/press-1")).isFalse();
    }

    @Test
    void aCredentialThatChangesStaysBoundToItsCertificate() {
        Access access = bound();

        world.rules.put(Organisation.DEFAULT, "device", "n/%u");
        world.table.changed("credential:default/press-1");
        await().until(() -> access.may(Action.PUBLISH, "n/press-1"));
        assertThat(access.until()).contains(NOON.plusSeconds(60));
        world.clock.advance(Duration.ofSeconds(60));

        assertThat(access.may(Action.PUBLISH, "n/press-1")).isFalse();
        await().until(() -> ears.heard.contains("EXPIRED"));
    }

    @Test
    void oneRevokedWhileItsSecretIsCheckedDoesNotGetIn() {
        world.books.meanwhile = world.trusted::clear;

        assertThat(admit("press-1", "right")).isEqualTo(refused(Reason.BARRED));
    }

    private Access bound() {
        Access access = ((Admission.Admitted) admit("", "")).access();
        access.bind("press-1");
        assertThat(access.may(Action.PUBLISH, "t/press-1")).isTrue();
        return access;
    }

    private void certify(String organisation, String name) {
        world.trusted.put(
                certificate,
                new CertificateJudge.Certified(
                        organisation, name, NOON.plusSeconds(60), Set.of("certificate:77", "ca:plant")));
    }

    private Admission admit(String login, String secret) {
        return world.admit(new Attempt(login, secret.getBytes(UTF_8), Optional.of(certificate), HERE), ears);
    }
}
