package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dinrail.identity.api.ClientCertificates.NameFrom;
import io.dinrail.identity.h2.internal.login.CertificateJudge.Certified;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateHandshakeTest {
    private final ManualClock clock = new ManualClock(Instant.now());
    private final MemoryStore memory = new MemoryStore();
    private final OwnAuthority authority = new OwnAuthority();

    @TempDir
    private Path folder;

    private TestOffice test;
    private TlsKeys server;
    private KeyedChain plant;

    @BeforeEach
    void open() throws Exception {
        try (Connection connection = memory.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into organisation (id, display_name, created_at) values ('" + TestOffice.OTHER
                    + "', 'other', current_timestamp)");
        }
        test = new TestOffice(memory.dataSource(), authority, clock);
        server = TlsKeys.open(
                SecretsFolder.open(folder),
                clock,
                () -> new LocalNames(Set.of("localhost"), Set.of()),
                authority,
                test.trust);
        plant = certificate("CN=Plant CA").ca(1).make();
        trust("plant", TestOffice.OTHER, plant, NameFrom.SUBJECT);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateOfTheOwnCaNamesItsOwner(String protocol) throws Exception {
        KeyedChain own = issued("press-1");
        SSLEngine client = Handshake.client(server.caCertificate(), own);
        client.setEnabledProtocols(new String[] {protocol});

        SSLSession session = Handshake.of(server.engine(true), client);

        assertThat(session.getPeerCertificates()[0]).isEqualTo(own.certificate());
        assertThat(test.trust.judge(own.certificate()))
                .contains(new Certified(
                        "default",
                        "press-1",
                        own.certificate().getNotAfter().toInstant(),
                        Set.of("certificate:" + PathProver.fingerprint(own.certificate()))));
    }

    @Test
    void aClientWithoutOneConnects() throws Exception {
        SSLSession session = Handshake.of(server.engine(true), Handshake.client(server.caCertificate()));

        assertThatExceptionOfType(SSLPeerUnverifiedException.class).isThrownBy(session::getPeerCertificates);
    }

    @Test
    void whereNoneIsAskedForNoneIsTaken() throws Exception {
        SSLSession session =
                Handshake.of(server.engine(false), Handshake.client(server.caCertificate(), issued("press-1")));

        assertThatExceptionOfType(SSLPeerUnverifiedException.class).isThrownBy(session::getPeerCertificates);
    }

    @Test
    void aRevokedOrEndedOneOfTheOwnCaFailsTheHandshake() throws Exception {
        KeyedChain revoked = issued("press-1");
        KeyedChain good = issued("press-1");
        test.office.revoke(
                TestOffice.ADMIN, revoked.certificate().getSerialNumber().toString(16));
        refused(revoked);
        accepted(good);

        clock.advance(Duration.ofDays(31));

        refused(good);
        assertThat(test.trust.judge(good.certificate())).isEmpty();
    }

    @Test
    void theServersOwnCertificateIsNoClients() throws Exception {
        refused(KeyedChain.read(SecretsFolder.open(folder), OwnServer.OWN));
        refused(authority.ca().orElseThrow());
    }

    @Test
    void strangersCertificatesFailTheHandshake() throws Exception {
        KeyedChain stranger = certificate("CN=Plant CA").ca(1).make();

        refused(certificate("CN=press-1").forClients().make());
        refused(certificate("CN=press-1").by(stranger).forClients().make());
        refused(certificate("CN=press-1")
                .by(new KeyedChain(stranger.key(), authority.ca().orElseThrow().chain()))
                .forClients()
                .make());
    }

    @Test
    void anImportedCaNamesPeopleOfItsOrganisationOnly() throws Exception {
        KeyedChain client = certificate("CN=press-1,O=default")
                .by(plant)
                .forClients()
                .named(GeneralName.uniformResourceIdentifier, "urn:dinrail:default:press-1")
                .make();
        accepted(client);

        Certified certified = test.trust.judge(client.certificate()).orElseThrow();

        assertThat(certified.organisation()).isEqualTo(TestOffice.OTHER);
        assertThat(certified.name()).isEqualTo("press-1");
        assertThat(certified.roots())
                .containsExactlyInAnyOrder("ca:plant", "certificate:" + PathProver.fingerprint(client.certificate()));
        assertThat(certified.until())
                .isEqualTo(client.certificate().getNotAfter().toInstant());
    }

    @Test
    void badCertificatesOfAnImportedCaFailTheHandshake() throws Exception {
        refused(client().forUse(KeyPurposeId.id_kp_serverAuth).make());
        refused(client().forClients().until(clock.instant().minusSeconds(1)).make());
        refused(client().forClients().from(clock.instant().plusSeconds(60)).make());
        refused(client().forClients().keys(TestCertificate.keys("RSA", 1024)).make());
        refused(client().forClients().hash("SHA1").make());
        refused(client().forClients().ca(0).make());
        for (String subject :
                List.of("O=x", "CN=a/b", "CN=a b", "CN=\\#", "CN=press-1,CN=press-2", "CN=\\+", "CN=a\\00b")) {
            refused(certificate(subject).by(plant).forClients().make());
        }
        KeyedChain revoked = client().forClients().make();
        accepted(revoked);
        test.office.revocations(
                TestOffice.ADMIN,
                "plant",
                TestCertificate.crl(
                        plant, 1, clock.instant(), clock.instant().plus(Duration.ofDays(7)), revoked.certificate()));
        refused(revoked);
        accepted(client().make());
    }

    @Test
    void aChainWithAnIntermediateIsTrustedAlsoAtTheLogin() throws Exception {
        KeyedChain between = certificate("CN=Line CA").ca(0).by(plant).make();
        KeyedChain client = certificate("CN=press-1").by(between).forClients().make();
        refused(new KeyedChain(client.key(), List.of(client.certificate())));

        accepted(client);
        assertThat(test.trust.judge(client.certificate())).map(Certified::name).contains("press-1");
        trust("another", "default", certificate("CN=Another").ca(0).make(), NameFrom.SUBJECT);
        assertThat(test.trust.judge(client.certificate())).as("looked at anew").isPresent();

        byte[] list = TestCertificate.crl(
                plant, 1, clock.instant(), clock.instant().plus(Duration.ofDays(7)), between.certificate());
        test.office.revocations(TestOffice.ADMIN, "plant", list);
        assertThat(test.ended)
                .containsExactly("certificate:" + PathProver.fingerprint(client.certificate()) + " DISTRUSTED");
        refused(client);
    }

    @Test
    void badIntermediatesAreNot() throws Exception {
        KeyedChain leaf = certificate("CN=Not a CA").by(plant).forClients().make();
        refused(certificate("CN=press-1").by(leaf).forClients().make());

        KeyedChain ended = certificate("CN=Ended")
                .ca(0)
                .by(plant)
                .until(clock.instant().minusSeconds(1))
                .make();
        refused(certificate("CN=press-1").by(ended).forClients().make());

        KeyedChain servers = certificate("CN=Servers")
                .ca(0)
                .by(plant)
                .forUse(KeyPurposeId.id_kp_serverAuth)
                .make();
        refused(certificate("CN=press-1").by(servers).forClients().make());

        KeyedChain one = certificate("CN=One").ca(1).by(plant).make();
        KeyedChain two = certificate("CN=Two").ca(0).by(one).make();
        refused(certificate("CN=press-1").by(two).forClients().make());

        KeyedChain issued = issued("press-1");
        refused(certificate("CN=press-2").by(issued).forClients().make());
    }

    @Test
    void theNearestCaDecides() throws Exception {
        KeyedChain between = certificate("CN=Line CA").ca(0).by(plant).make();
        trust("line", "default", between, NameFrom.SUBJECT);
        KeyedChain client = certificate("CN=press-1").by(between).forClients().make();

        accepted(client);

        assertThat(test.trust.judge(client.certificate()))
                .map(Certified::organisation)
                .contains("default");
    }

    @Test
    void theNameStandsWhereTheRuleSays() throws Exception {
        TestCertificate all = certificate("CN=in-subject")
                .by(plant)
                .forClients()
                .named(GeneralName.dNSName, "in-dns")
                .named(GeneralName.dNSName, "second")
                .named(GeneralName.uniformResourceIdentifier, "spiffe://plant/devices/in-uri")
                .named(GeneralName.rfc822Name, "in-email@plant.example");
        X509Certificate client = all.make().certificate();

        assertThat(ImportedName.of(client, NameFrom.SUBJECT)).contains("in-subject");
        assertThat(ImportedName.of(client, NameFrom.SAN_DNS)).contains("in-dns");
        assertThat(ImportedName.of(client, NameFrom.SAN_URI)).contains("in-uri");
        assertThat(ImportedName.of(client, NameFrom.SAN_EMAIL)).contains("in-email");
        X509Certificate none = client().named(GeneralName.uniformResourceIdentifier, "urn:x/")
                .make()
                .certificate();
        assertThat(ImportedName.of(none, NameFrom.SAN_DNS)).isEmpty();
        assertThat(ImportedName.of(none, NameFrom.SAN_URI)).isEmpty();
        assertThat(ImportedName.of(none, NameFrom.SAN_EMAIL)).isEmpty();
    }

    @Test
    void withoutTheOfficeNobodyIsTrusted() throws Exception {
        KeyedChain own = issued("press-1");
        KeyedChain foreign = client().forClients().make();
        accepted(own);
        accepted(foreign);

        test.office.stop();

        refused(own);
        refused(foreign);
    }

    private TestCertificate certificate(String subject) {
        return new TestCertificate(subject, clock.instant());
    }

    private TestCertificate client() {
        return certificate("CN=press-1").by(plant);
    }

    private KeyedChain issued(String login) throws Exception {
        KeyPair keys = TestCertificate.ec("secp256r1");
        String csr = TestCertificate.csr("CN=x", keys, keys.getPrivate());
        String pem = test.office.issue(TestOffice.ADMIN, login, csr, Duration.ofDays(30));
        return new KeyedChain(keys.getPrivate(), Pem.certificates(pem));
    }

    private void trust(String name, String organisation, KeyedChain ca, NameFrom from) throws Exception {
        test.office.trust(TestOffice.ADMIN, name, organisation, Pem.text(List.of(ca.certificate())), from);
    }

    private void accepted(KeyedChain client) throws Exception {
        assertThat(Handshake.of(server.engine(true), anyServer(client)).getPeerCertificates()[0])
                .isEqualTo(client.certificate());
    }

    private void refused(KeyedChain client) {
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> Handshake.of(server.engine(true), anyServer(client)))
                .withMessageNotContaining("hangs");
        assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> test.trust.check(client.chain()));
        assertThat(test.trust.judge(client.certificate())).isEqualTo(Optional.empty());
    }

    private static SSLEngine anyServer(KeyedChain client) throws Exception {
        return Handshake.clientOfAnything(client);
    }
}
