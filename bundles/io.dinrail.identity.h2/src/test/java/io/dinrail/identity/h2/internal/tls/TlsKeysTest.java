package io.dinrail.identity.h2.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.h2.internal.secrets.SecretsException;
import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import io.dinrail.testkit.ManualClock;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsKeysTest {
    private final ManualClock clock = new ManualClock(Instant.now());

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aClientThatTrustsTheCaVerifiesTheHostAndConnects(String host) throws Exception {
        TlsKeys keys = open("here");

        assertThat(handshake(keys.serverContext(), keys.caCertificate(), host)).startsWith("TLSv1.");
    }

    @Test
    void aClientThatTrustsAnotherInstallRefuses() throws Exception {
        TlsKeys here = open("here");
        TlsKeys there = open("there");

        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> handshake(here.serverContext(), there.caCertificate(), "localhost"));
    }

    @Test
    void twoInstallsShareNothing() throws Exception {
        open("here");
        open("there");

        for (String name : List.of("ca.pem", "ca.key", "server.pem", "server.key")) {
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
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("here"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theCertificatesSayWhatTheyAreFor() throws Exception {
        open("here");

        X509Certificate ca = certificate("here", "ca.pem");
        X509Certificate server = certificate("here", "server.pem");
        assertThat(ca.getBasicConstraints()).isZero();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(life(ca)).isEqualTo(Duration.ofDays(3652));
        assertThat(life(server)).isEqualTo(Duration.ofDays(825));
        assertThat(server.getSubjectAlternativeNames().stream().map(entry -> String.valueOf(entry.get(1))))
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(Files.readString(file("here", "server.pem")).split("BEGIN CERTIFICATE", -1))
                .as("the server's certificate and its CA's")
                .hasSize(3);
    }

    @Test
    void thisMachinesNamesAndAddressesAreFound() throws Exception {
        LocalNames names = LocalNames.find();

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
    void aServerCertificateAboutToEndIsReplacedUnderTheSameCa() throws Exception {
        open("here");
        String ca = Files.readString(file("here", "ca.pem"));
        X509Certificate old = certificate("here", "server.pem");
        clock.advance(Duration.ofDays(795));

        open("here");

        X509Certificate renewed = certificate("here", "server.pem");
        assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
        renewed.verify(certificate("here", "ca.pem").getPublicKey());
        assertThat(Files.readString(file("here", "ca.pem"))).isEqualTo(ca);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.pem", "server.key"})
    void aDamagedServerPairIsMadeAnew(String name) throws Exception {
        open("here");
        Files.writeString(file("here", name), "-----BEGIN nonsense\n");

        TlsKeys keys = open("here");

        assertThat(handshake(keys.serverContext(), keys.caCertificate(), "localhost"))
                .startsWith("TLSv1.");
    }

    @Test
    void aServerPairOfAnotherInstallIsMadeAnew() throws Exception {
        open("here");
        open("there");
        for (String name : List.of("server.pem", "server.key")) {
            Files.copy(file("there", name), file("here", name), StandardCopyOption.REPLACE_EXISTING);
        }

        TlsKeys keys = open("here");

        assertThat(handshake(keys.serverContext(), keys.caCertificate(), "localhost"))
                .startsWith("TLSv1.");
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
        for (String name : List.of("ca.pem", "server.pem", "server.key")) {
            Files.delete(file("here", name));
        }

        TlsKeys keys = open("here");

        assertThat(handshake(keys.serverContext(), keys.caCertificate(), "localhost"))
                .startsWith("TLSv1.");
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
    void noProviderIsAddedToTheJvm() throws Exception {
        open("here");

        assertThat(Security.getProvider("BC")).isNull();
    }

    private TlsKeys open(String install) throws SecretsException {
        return TlsKeys.open(SecretsFolder.open(data.resolve(install)), clock, LocalNames::find);
    }

    private Path file(String install, String name) {
        return data.resolve(install).resolve(name);
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
        return certificate(file(install, name));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static Duration life(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Connects over a real socket with the host's name checked. */
    private static String handshake(SSLContext server, Path ca, String host) throws Exception {
        ExecutorService serving = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Future<String> protocol = serving.submit(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                    return accepted.getSession().getProtocol();
                } catch (SSLHandshakeException e) {
                    return "refused";
                }
            });
            try (SSLSocket client =
                    (SSLSocket) trusting(ca).getSocketFactory().createSocket(host, listening.getLocalPort())) {
                SSLParameters checked = client.getSSLParameters();
                checked.setEndpointIdentificationAlgorithm("HTTPS");
                client.setSSLParameters(checked);
                client.startHandshake();
            }
            return protocol.get(10, TimeUnit.SECONDS);
        } finally {
            serving.shutdownNow();
        }
    }

    private static SSLContext trusting(Path ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate(ca));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
