package io.dinrail.identity.h2.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dinrail.identity.api.ClientCertificates.IssuedCertificate;
import io.dinrail.identity.api.ClientCertificates.NameFrom;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateOfficeTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private final ManualClock clock = new ManualClock(Instant.now());
    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());
    private final OwnAuthority authority = new OwnAuthority();
    private final KeyPair keys = TestCertificate.ec("secp256r1");

    private TestOffice test;
    private CertificateOffice office;
    private KeyedChain foreign;

    @BeforeEach
    void open() throws Exception {
        authority.loaded(new CertificateMaker(clock).ca());
        foreign = new TestCertificate("CN=Plant CA", clock.instant()).ca(1).make();
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into organisation (id, display_name, created_at) values ('" + TestOffice.OTHER
                    + "', 'other', current_timestamp)");
        }
        restart();
    }

    @AfterEach
    void close() {
        office.stop();
        memory.close();
    }

    @Test
    void aCertificateIsForTheLoginAndNothingThatTheRequestSays() throws Exception {
        String csr = TestCertificate.csr("CN=admin,O=default", keys, keys.getPrivate());

        List<X509Certificate> pem =
                Pem.certificates(office.issue(TestOffice.ADMIN, "press-1@" + TestOffice.OTHER, csr, YEAR));

        X509Certificate made = pem.get(0);
        assertThat(pem.get(1)).isEqualTo(authority.ca().orElseThrow().certificate());
        assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=press-1,O=" + TestOffice.OTHER);
        assertThat(CertificateNames.all(made, CertificateNames.URI))
                .containsExactly("urn:dinrail:" + TestOffice.OTHER + ":press-1");
        assertThat(made.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(made.getBasicConstraints()).isEqualTo(-1);
        assertThat(made.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(made.getNotAfter().toInstant())
                .isBetween(
                        clock.instant().plus(YEAR).minusSeconds(1),
                        clock.instant().plus(YEAR));
        assertThat(office.issued())
                .containsExactly(new IssuedCertificate(
                        made.getSerialNumber().toString(16),
                        "press-1@" + TestOffice.OTHER,
                        made.getNotAfter().toInstant(),
                        false));
        assertThat(test.trail).containsExactly("admin certificate.issued press-1@" + TestOffice.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA 2048", "RSA 3072", "Ed25519 0", "EC 384"})
    void strongKeysOfTheUsualKindsAreSigned(String kind) throws Exception {
        String[] words = kind.split(" ", 2);
        KeyPair pair = TestCertificate.keys(words[0], Integer.parseInt(words[1]));

        office.check(csr(pair));

        assertThat(office.sign("default", "press-1", csr(pair))).contains("BEGIN CERTIFICATE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA 1024", "EC 521"})
    void otherKeysAreRefused(String kind) throws Exception {
        String[] words = kind.split(" ", 2);
        String csr = csr(TestCertificate.keys(words[0], Integer.parseInt(words[1])));

        refused(Reason.REFUSED, () -> office.check(csr));
    }

    @Test
    void aRequestForSomebodyElsesKeyIsRefused() throws Exception {
        KeyPair thief = TestCertificate.ec("secp256r1");
        String csr = TestCertificate.csr("CN=press-1", keys, thief.getPrivate());

        refused(Reason.REFUSED, () -> office.issue(TestOffice.ADMIN, "press-1", csr, YEAR));
        assertThat(office.issued()).isEmpty();
    }

    @Test
    void whatIsNoRequestIsRefusedWithOneSentence() throws Exception {
        String good = csr(keys);
        for (String bad : List.of(
                "",
                "nonsense",
                Pem.text(keys.getPrivate()),
                Pem.text(foreign.chain()),
                good.replaceFirst("\nM", "\nN"),
                good.substring(0, good.length() / 2),
                "-----BEGIN CERTIFICATE REQUEST-----\n\n-----END CERTIFICATE REQUEST-----\n",
                "x".repeat(10_000_000),
                good + " ".repeat(20_000))) {
            refused(Reason.REFUSED, () -> office.check(bad));
        }
    }

    @Test
    void aLifeTooShortOrTooLongAndAnUnknownLoginAreRefused() throws Exception {
        String csr = csr(keys);

        refused(Reason.REFUSED, () -> office.issue(TestOffice.ADMIN, "press-1", csr, Duration.ofMinutes(59)));
        refused(Reason.REFUSED, () -> office.issue(TestOffice.ADMIN, "press-1", csr, Duration.ofDays(826)));
        refused(Reason.UNKNOWN, () -> office.issue(TestOffice.ADMIN, "nobody", csr, YEAR));
    }

    @Test
    void noCertificateOutlivesTheCa() throws Exception {
        clock.advance(Duration.ofDays(3640));

        X509Certificate made = issue("press-1");

        assertThat(made.getNotAfter())
                .isEqualTo(authority.ca().orElseThrow().certificate().getNotAfter());
    }

    @Test
    void revokingEndsConnectionsAndCountsAfterARestart() throws Exception {
        X509Certificate made = issue("press-1");
        X509Certificate other = issue("press-1");
        assertThat(test.trust.judge(made)).isPresent();

        office.revoke(TestOffice.ADMIN, made.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));

        assertThat(test.ended).containsExactly("certificate:" + PathProver.fingerprint(made) + " DISTRUSTED");
        assertThat(test.trust.judge(made)).isEmpty();
        assertThat(test.trail).endsWith("admin certificate.revoked press-1");
        restart();
        assertThat(test.trust.judge(made)).isEmpty();
        assertThat(test.trust.judge(other)).isPresent();
        assertThat(office.issued()).extracting(IssuedCertificate::revoked).containsExactlyInAnyOrder(true, false);
        refused(Reason.UNKNOWN, () -> office.revoke(TestOffice.ADMIN, "abc"));
    }

    @Test
    void aCredentialIssuedAnewUnderAnOldNameHasNothingToDoWithTheOldCertificates() throws Exception {
        X509Certificate made = issue("press-1");

        test.credentials.remove("press-1");
        assertThat(test.trust.judge(made)).isEmpty();

        test.credentials.add("press-1", clock.instant().plusSeconds(60));
        assertThat(test.trust.judge(made)).isEmpty();
    }

    @Test
    void aCertificateThatIsNotInTheStoreIsNotOneThoughTheCaSignedIt() throws Exception {
        KeyedChain ca = authority.ca().orElseThrow();
        X509Certificate forged = new CertificateMaker(clock)
                .client(
                        ca,
                        keys.getPublic(),
                        "default",
                        "press-1",
                        clock.instant().plus(YEAR));

        assertThat(test.trust.judge(forged)).isEmpty();
    }

    @Test
    void whatTheStoreDoesNotTakeIsNotDone() throws Exception {
        X509Certificate made = issue("press-1");
        store.fail();

        refused(Reason.STORE, () -> office.sign("default", "press-1", csr(keys)));
        refused(
                Reason.STORE,
                () -> office.revoke(TestOffice.ADMIN, made.getSerialNumber().toString(16)));
        refused(Reason.STORE, () -> trust("plant", foreign));
        assertThat(office.issued()).hasSize(1);
        assertThat(office.trusted()).isEmpty();
        assertThat(test.ended).isEmpty();
        assertThat(test.trust.judge(made)).isPresent();
    }

    @Test
    void withAStoreThatCannotBeReadNobodyIsTrusted() throws Exception {
        X509Certificate made = issue("press-1");
        store.fail();
        restart();

        assertThat(test.trust.judge(made)).isEmpty();
    }

    @Test
    void aCaIsTrustedUntilItIsDistrusted() throws Exception {
        trust("plant", foreign);
        X509Certificate client = client("press-1");
        assertThat(test.trust.judge(client)).isPresent();
        restart();
        assertThat(office.trusted()).singleElement().satisfies(ca -> {
            assertThat(ca.name()).isEqualTo("plant");
            assertThat(ca.subject()).isEqualTo("CN=Plant CA");
            assertThat(ca.crlUntil()).isEmpty();
        });
        assertThat(test.trust.judge(client)).isPresent();

        office.distrust(TestOffice.ADMIN, "plant");

        assertThat(test.trust.judge(client)).isEmpty();
        assertThat(test.ended).containsExactly("ca:plant DISTRUSTED");
        restart();
        assertThat(test.trust.judge(client)).isEmpty();
        refused(Reason.UNKNOWN, () -> office.distrust(TestOffice.ADMIN, "plant"));
    }

    @Test
    void whatIsNoCaOfTheirsIsNotTrusted() throws Exception {
        trust("plant", foreign);
        KeyedChain ended = new TestCertificate("CN=Ended", clock.instant())
                .ca(0)
                .until(clock.instant().minusSeconds(1))
                .make();
        KeyedChain weak = new TestCertificate("CN=Weak", clock.instant())
                .ca(0)
                .keys(TestCertificate.keys("RSA", 1024))
                .make();
        KeyedChain sameKey = new TestCertificate("CN=Twin", clock.instant())
                .ca(0)
                .keys(new KeyPair(foreign.certificate().getPublicKey(), foreign.key()))
                .make();

        refused(Reason.REFUSED, () -> trust("leaf", new TestCertificate("CN=x", clock.instant()).make()));
        refused(Reason.REFUSED, () -> trust("ended", ended));
        refused(Reason.REFUSED, () -> trust("weak", weak));
        refused(Reason.REFUSED, () -> trust("own", authority.ca().orElseThrow()));
        refused(Reason.REFUSED, () -> trust("a b", foreign));
        refused(Reason.TAKEN, () -> trust("again", foreign));
        refused(Reason.TAKEN, () -> trust("twin", sameKey));
        refused(
                Reason.TAKEN,
                () -> trust(
                        "plant",
                        new TestCertificate("CN=Other", clock.instant()).ca(0).make()));
        String two = Pem.text(List.of(foreign.certificate(), foreign.certificate()));
        for (String pem : List.of("", "nonsense", two, "x".repeat(1_000_000))) {
            refused(Reason.REFUSED, () -> office.trust(TestOffice.ADMIN, "bad", "default", pem, NameFrom.SUBJECT));
        }
        refused(
                Reason.UNKNOWN,
                () -> office.trust(
                        TestOffice.ADMIN, "bad", "org_unknown", Pem.text(foreign.chain()), NameFrom.SUBJECT));
        assertThat(office.trusted()).hasSize(1);
    }

    @Test
    void aDamagedCaInTheStoreLetsNobodyInAndCanBeTakenAway() throws Exception {
        trust("plant", foreign);
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update trusted_ca set pem = 'damaged'");
        }
        restart();
        X509Certificate own = issue("press-1");

        assertThat(test.trust.judge(client("press-1"))).isEmpty();
        assertThat(test.trust.judge(own)).isPresent();
        office.distrust(TestOffice.ADMIN, "plant");
        trust("plant", foreign);
        assertThat(test.trust.judge(client("press-1"))).isPresent();
    }

    @Test
    void aListEndsTheConnectionsOfThoseOnItAndCountsAfterARestart() throws Exception {
        trust("plant", foreign);
        X509Certificate bad = client("press-1");
        X509Certificate good = client("press-2");
        assertThat(test.trust.judge(bad)).isPresent();
        assertThat(test.trust.judge(good)).isPresent();

        office.revocations(TestOffice.ADMIN, "plant", list(1, bad));

        assertThat(test.ended).containsExactly("certificate:" + PathProver.fingerprint(bad) + " DISTRUSTED");
        assertThat(test.trust.judge(bad)).isEmpty();
        assertThat(test.trust.judge(good)).isPresent();
        assertThat(office.trusted().get(0).crlUntil()).isPresent();
        restart();
        assertThat(test.trust.judge(bad)).isEmpty();
        assertThat(test.trust.judge(good)).isPresent();
    }

    @Test
    void onlyANewerCompleteAndCurrentListOfThatCaIsTaken() throws Exception {
        trust("plant", foreign);
        X509Certificate bad = client("press-1");
        Instant now = clock.instant();
        Instant later = now.plus(Duration.ofDays(7));
        KeyedChain other = new TestCertificate("CN=Plant CA", now).ca(1).make();
        office.revocations(TestOffice.ADMIN, "plant", list(5, bad));

        for (byte[] refused : List.of(
                list(5),
                list(4),
                TestCertificate.crl(foreign, 6, now.minusSeconds(7200), later),
                TestCertificate.crl(other, 6, now, later),
                TestCertificate.crl(foreign, 6, now.minusSeconds(60), now.minusSeconds(1)),
                TestCertificate.crl(foreign, 6, now.plus(Duration.ofHours(1)), later),
                TestCertificate.crl(foreign, 6, now, later, true),
                new byte[0],
                new byte[] {1, 2, 3},
                new byte[(10 << 20) + 1])) {
            refused(Reason.REFUSED, () -> office.revocations(TestOffice.ADMIN, "plant", refused));
        }
        refused(Reason.UNKNOWN, () -> office.revocations(TestOffice.ADMIN, "nobody", list(6)));
        assertThat(test.trust.judge(bad)).isEmpty();

        byte[] newer = TestCertificate.crl(foreign, 6, now, later);
        office.revocations(
                TestOffice.ADMIN,
                "plant",
                TestCertificate.pem("X509 CRL", newer).getBytes(US_ASCII));
        assertThat(test.trust.judge(bad)).as("on hold no more").isPresent();
    }

    @Test
    void aListOfManyIsTaken() throws Exception {
        trust("plant", foreign);
        X509Certificate bad = client("press-1");
        X509Certificate[] many = new X509Certificate[20_000];
        Arrays.fill(many, bad);

        office.revocations(TestOffice.ADMIN, "plant", list(1, many));

        assertThat(test.trust.judge(bad)).isEmpty();
    }

    @Test
    void anOutdatedListLetsNobodyIn() throws Exception {
        trust("plant", foreign);
        X509Certificate good = client("press-2");
        office.revocations(TestOffice.ADMIN, "plant", list(1));
        assertThat(test.trust.judge(good)).isPresent();

        clock.advance(Duration.ofDays(8));
        assertThat(test.trust.judge(good)).isEmpty();

        office.revocations(TestOffice.ADMIN, "plant", list(2));
        assertThat(test.trust.judge(good)).isPresent();
    }

    private byte[] list(int number, X509Certificate... revoked) throws Exception {
        return TestCertificate.crl(
                foreign,
                number,
                clock.instant().minusSeconds(60),
                clock.instant().plus(Duration.ofDays(7)),
                revoked);
    }

    private X509Certificate client(String name) throws Exception {
        return new TestCertificate("CN=" + name, clock.instant())
                .by(foreign)
                .forClients()
                .make()
                .certificate();
    }

    private X509Certificate issue(String login) throws Exception {
        return Pem.certificates(office.issue(TestOffice.ADMIN, login, csr(keys), YEAR))
                .get(0);
    }

    private static String csr(KeyPair pair) throws Exception {
        return TestCertificate.csr("CN=whatever", pair, pair.getPrivate());
    }

    private void trust(String name, KeyedChain ca) throws Exception {
        office.trust(TestOffice.ADMIN, name, "default", Pem.text(List.of(ca.certificate())), NameFrom.SUBJECT);
    }

    private void restart() {
        test = new TestOffice(store, authority, clock);
        office = test.office;
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("PRIVATE", "\n"));
    }
}
