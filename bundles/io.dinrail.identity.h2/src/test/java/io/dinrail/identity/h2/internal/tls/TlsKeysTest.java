package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import io.dinrail.testkit.ManualClock;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {
    private static final List<String> FILES = List.of("ca.pem", "ca.key", "own-server.pem", "own-server.key");

    private final ManualClock clock = new ManualClock(Instant.now());
    private final OwnAuthority authority = new OwnAuthority();
    private final ClientTrust trust = new ClientTrust(authority, clock);

    @TempDir
    private Path data;

    private LocalNames names = LocalNames.find();

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aClientThatTrustsTheCaVerifiesTheHostAndConnects(String host) throws Exception {
        TlsKeys keys = open("here");

        assertThat(Handshake.of(keys.engine(false), client("here", host)).getProtocol())
                .isEqualTo("TLSv1.3");
        assertThat(keys.names()).contains(host);
    }

    @Test
    void aClientThatTrustsAnotherInstallRefuses() throws Exception {
        TlsKeys here = open("here");
        open("there");

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> Handshake.of(here.engine(false), client("there", "localhost")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
            })
    void strongSuitesAreTaken(String suite) throws Exception {
        SSLEngine client = client("here", open("here"));
        client.setEnabledCipherSuites(new String[] {suite});

        assertThat(Handshake.of(open("here").engine(false), client).getCipherSuite())
                .isEqualTo(suite);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void weakSuitesAreNot(String suite) throws Exception {
        SSLEngine client = client("here", open("here"));
        client.setEnabledCipherSuites(new String[] {suite});

        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> Handshake.of(open("here").engine(false), client))
                .withMessageContaining("no cipher suites in common");
    }

    @Test
    void olderProtocolsAreNotSpoken() throws Exception {
        SSLEngine server = open("here").engine(true);

        assertThat(server.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        assertThat(server.getEnabledCipherSuites())
                .hasSize(9)
                .allMatch(suite -> suite.matches("TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20).*"));
        assertThat(server.getWantClientAuth()).isTrue();
        assertThat(server.getNeedClientAuth()).isFalse();
        assertThat(server.getSSLParameters().getUseCipherSuitesOrder()).isTrue();
    }

    @Test
    void aClientHelloOfTls11IsRefused() throws Exception {
        SSLEngine server = open("here").engine(false);
        // a record with a hello of version 3.2: 32 random bytes, no session, one suite of that time, no compression
        byte[] hello = HexFormat.of().parseHex("160302002d010000290302" + "ab".repeat(32) + "00" + "0002c009" + "0100");

        server.unwrap(ByteBuffer.wrap(hello), ByteBuffer.allocate(1 << 15));
        server.getDelegatedTask().run();

        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> server.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 15)))
                .withMessageContaining("TLSv1.1");
    }

    @Test
    void twoInstallsShareNothing() throws Exception {
        open("here");
        open("there");

        for (String name : FILES) {
            assertThat(file("here", name)).isNotEmptyFile();
            assertThat(Files.readString(file("here", name))).isNotEqualTo(Files.readString(file("there", name)));
        }
        assertThat(certificate("here", "ca.pem").getSubjectX500Principal())
                .isNotEqualTo(certificate("there", "ca.pem").getSubjectX500Principal());
    }

    @Test
    void everyFileIsForItsOwnerOnly() throws Exception {
        open("here");

        try (Stream<Path> files = Files.list(data.resolve("here"))) {
            assertThat(files.toList())
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void theCertificatesSayWhatTheyAreFor() throws Exception {
        TlsKeys keys = open("here");

        X509Certificate ca = certificate("here", "ca.pem");
        X509Certificate server = certificate("here", "own-server.pem");
        assertThat(ca.getBasicConstraints()).isZero();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(life(ca)).isEqualTo(Duration.ofDays(3652));
        assertThat(life(server)).isEqualTo(Duration.ofDays(825));
        assertThat(keys.names()).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(keys.expiresAt()).isEqualTo(server.getNotAfter().toInstant());
        assertThat(authority.ca().map(KeyedChain::certificate)).contains(ca);
    }

    @Test
    void thisMachinesNamesAndAddressesAreFound() throws Exception {
        assertThat(names.hosts()).contains("localhost");
        assertThat(names.addresses())
                .contains(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"))
                .noneMatch(InetAddress::isLinkLocalAddress);
    }

    @Test
    void aRestartKeepsEverything() throws Exception {
        open("here");
        List<String> before = contents();

        open("here");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aCertificateAboutToEndIsRenewedWithoutARestartUnderTheSameCa() throws Exception {
        TlsKeys keys = open("here");
        String ca = Files.readString(file("here", "ca.pem"));
        Instant end = keys.expiresAt();
        SSLEngine made = keys.engine(false);

        clock.advance(Duration.ofDays(793));
        keys.look();
        assertThat(keys.expiresAt()).isEqualTo(end);
        clock.advance(Duration.ofDays(2));
        keys.look();

        assertThat(keys.expiresAt()).isAfter(end);
        assertThat(Files.readString(file("here", "ca.pem"))).isEqualTo(ca);
        assertThat(served(keys.engine(false)).getNotAfter().toInstant()).isAfter(end);
        assertThat(served(made).getNotAfter().toInstant())
                .as("an engine of before")
                .isEqualTo(end);
    }

    @Test
    void aNewAddressGetsIntoTheCertificateWithinMinutesAndALostOneChangesNothing() throws Exception {
        TlsKeys keys = open("here");
        names = new LocalNames(Set.of("localhost", "line-7.plant"), Set.of(InetAddress.getByName("10.1.2.3")));
        keys.look();
        assertThat(keys.names()).doesNotContain("10.1.2.3");

        clock.advance(Duration.ofMinutes(5));
        keys.look();

        assertThat(keys.names()).contains("10.1.2.3", "line-7.plant");
        List<String> files = contents();
        names = new LocalNames(Set.of("localhost"), Set.of());
        clock.advance(Duration.ofMinutes(5));
        keys.look();
        assertThat(contents()).isEqualTo(files);
    }

    @Test
    void aRenewalThatCannotBeWrittenIsTriedAgainAndWhatWasInUseGoesOn() throws Exception {
        TlsKeys keys = open("here");
        Instant end = keys.expiresAt();
        clock.advance(Duration.ofDays(800));
        Path blocked =
                Files.createDirectories(file("here", "own-server.key.new").resolve("blocked"));
        keys.look();
        assertThat(keys.expiresAt()).isEqualTo(end);

        Files.delete(blocked);
        Files.delete(blocked.getParent());
        clock.advance(Duration.ofMinutes(5));
        keys.look();

        assertThat(keys.expiresAt()).isAfter(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-server.pem", "own-server.key"})
    void aDamagedOwnPairIsMadeAnew(String name) throws Exception {
        open("here");
        Files.writeString(file("here", name), "-----BEGIN nonsense\n");

        assertThat(Handshake.of(open("here").engine(false), client("here", "localhost")))
                .isNotNull();
    }

    @Test
    void anOwnPairOfAnotherInstallIsMadeAnew() throws Exception {
        open("here");
        open("there");
        for (String name : List.of("own-server.pem", "own-server.key")) {
            Files.copy(file("there", name), file("here", name), StandardCopyOption.REPLACE_EXISTING);
        }

        assertThat(Handshake.of(open("here").engine(false), client("here", "localhost")))
                .isNotNull();
    }

    @Test
    void aPairThatTheFirstVersionMadeMovesWhereItBelongs() throws Exception {
        open("here");
        Instant end = certificate("here", "own-server.pem").getNotAfter().toInstant();
        Files.move(file("here", "own-server.pem"), file("here", "server.pem"));
        Files.move(file("here", "own-server.key"), file("here", "server.key"));

        assertThat(open("here").expiresAt()).isEqualTo(end);
        assertThat(file("here", "server.pem")).doesNotExist();
        assertThat(file("here", "server.key")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca.key"})
    void aDamagedCaIsNamedAndLeftAlone(String name) throws Exception {
        open("here");
        Files.writeString(file("here", name), "damaged");
        List<String> before = contents();

        assertThatThrownBy(() -> open("here"))
                .isInstanceOf(SecretsException.class)
                .hasMessageContaining(file("here", name).toString());
        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca.key"})
    void aMissingHalfOfTheCaIsNamedAndNotReplaced(String name) throws Exception {
        open("here");
        Files.delete(file("here", name));

        assertThatThrownBy(() -> open("here"))
                .isInstanceOf(SecretsException.class)
                .hasMessageContaining(file("here", name).toString());
        assertThat(file("here", name)).doesNotExist();
    }

    @Test
    void aFirstStartThatWasCutShortIsFinished() throws Exception {
        open("here");
        for (String name : List.of("ca.pem", "own-server.pem", "own-server.key")) {
            Files.delete(file("here", name));
        }

        assertThat(Handshake.of(open("here").engine(false), client("here", "localhost")))
                .isNotNull();
    }

    @Test
    void anEndedCaIsSaidSo() throws Exception {
        open("here");
        clock.advance(Duration.ofDays(3652));

        assertThatThrownBy(() -> open("here"))
                .isInstanceOf(SecretsException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void inTheLastDaysOfTheCaNothingIsMadeAgainAndAgain() throws Exception {
        TlsKeys keys = open("here");
        clock.advance(Duration.ofDays(3640));
        keys.look();
        List<String> before = contents();
        clock.advance(Duration.ofDays(1));
        keys.look();

        assertThat(contents()).isEqualTo(before);
        assertThat(keys.expiresAt())
                .isEqualTo(certificate("here", "ca.pem").getNotAfter().toInstant());
    }

    @Test
    void whatEndsIsSaidOnceForEachStepAndAgainForWhatFollows() {
        EndWarning warning = new EndWarning("it ends at {}", 1, 7, 30);
        Instant now = clock.instant();

        assertThat(warning.look(now.plus(Duration.ofDays(31)), now)).isFalse();
        assertThat(warning.look(now.plus(Duration.ofDays(29)), now)).isTrue();
        assertThat(warning.look(now.plus(Duration.ofDays(28)), now)).isFalse();
        assertThat(warning.look(now.plus(Duration.ofDays(6)), now)).isTrue();
        assertThat(warning.look(now.plus(Duration.ofDays(300)), now)).isFalse();
        assertThat(warning.look(now.plus(Duration.ofHours(6)), now)).isTrue();
    }

    @Test
    void noProviderIsAddedToTheJvm() throws Exception {
        open("here");

        assertThat(Security.getProvider("BC")).isNull();
    }

    private TlsKeys open(String install) throws SecretsException {
        return TlsKeys.open(SecretsFolder.open(data.resolve(install)), clock, () -> names, authority, trust);
    }

    private Path file(String install, String name) {
        return data.resolve(install).resolve(name);
    }

    private SSLEngine client(String install, String host) throws Exception {
        return Handshake.client(List.of(certificate(install, "ca.pem")), host, Optional.empty());
    }

    private SSLEngine client(String install, TlsKeys keys) throws Exception {
        assertThat(keys.caCertificate()).isEqualTo(file(install, "ca.pem"));
        return Handshake.client(keys.caCertificate());
    }

    /** What a client sees that does not look at the time, because the tests' clock has gone on. */
    private static X509Certificate served(SSLEngine server) throws Exception {
        return (X509Certificate)
                Handshake.of(server, Handshake.clientOfAnything()).getLocalCertificates()[0];
    }

    private List<String> contents() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("here")).sorted()) {
            List<String> all = new ArrayList<>();
            for (Path file : files.toList()) {
                all.add(file + Files.readString(file));
            }
            return all;
        }
    }

    private X509Certificate certificate(String install, String name) throws Exception {
        return Pem.certificates(Files.readString(file(install, name))).get(0);
    }

    private static Duration life(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
