package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.itests.RawMqtt.Hello;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Certificates of both sides, with keys and requests made by the JDK's own tool. */
class CertificatesIT {
    private static final char[] PASSWORD = "only here".toCharArray();

    private static LaunchedPlatform platform;

    @BeforeAll
    static void start() {
        platform = LaunchedPlatform.start();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aDeviceLogsInWithItsCertificateUntilThatIsRevoked() throws Exception {
        platform.ask("dinrail:credential-issue press-1 --no-password --json");
        Path store = keyPair("press-1");
        Path request = file("press-1.csr");
        keytool("-certreq", "-alias", "own", "-keystore", store.toString(), "-file", request.toString());
        Path issued = file("press-1.pem");
        platform.ask("dinrail:certificate-issue press-1 --csr " + request + " --life 1d --out " + issued);

        KeyStore keys = load(store);
        keys.setKeyEntry("own", keys.getKey("own", PASSWORD), PASSWORD, chain(issued));
        try (RawMqtt device = open(Optional.of(keys), Hello.of(RawMqtt.V5, "press-1", "", ""))) {
            assertThat(device.code()).isZero();
            assertThat(device.publish("telemetry/press-1/x", "1", false)).isIn(0, 0x10);
            assertThat(device.publish("telemetry/press-2/x", "1", false)).isEqualTo(0x87);

            try (RawMqtt other = open(Optional.of(keys), Hello.of(RawMqtt.V5, "press-2", "press-2", ""))) {
                assertThat(other.code())
                        .as("somebody else's name with this certificate")
                        .isEqualTo(0x86);
            }
            String serial = Json.text(platform.ask("dinrail:certificate-list --json"), "serial");
            platform.ask("dinrail:certificate-revoke " + serial);
            assertThat(device.awaitEnd()).isEqualTo(0x87);
        }
        assertThatThrownBy(() -> {
                    try (RawMqtt again = open(Optional.of(keys), Hello.of(RawMqtt.V5, "press-1", "", ""))) {
                        throw new IOException("refused with " + again.code());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("refused with 0");
    }

    @Test
    void aCertificateThatNobodyHereIssuedOpensNothing() throws Exception {
        KeyStore foreign = load(keyPair("press-1"));
        assertThatThrownBy(() -> {
                    try (RawMqtt client = open(Optional.of(foreign), Hello.of(RawMqtt.V5, "press-1", "", ""))) {
                        throw new IOException("refused with " + client.code());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("refused with 0");
    }

    @Test
    void thePlantsOwnServerCertificateIsTakenUpWhileRunningAndGivenBack() throws Exception {
        X509Certificate ours = presented();
        KeyStore keys = load(keyPair("gateway.plant.example"));
        Path secrets = platform.secrets();
        write(
                secrets.resolve("server.key"),
                "PRIVATE KEY",
                keys.getKey("own", PASSWORD).getEncoded());
        write(
                secrets.resolve("server.pem"),
                "CERTIFICATE",
                keys.getCertificate("own").getEncoded());
        await().atMost(Platform.PATIENCE)
                .until(() -> presented().getSubjectX500Principal().getName().contains("gateway.plant.example"));

        Files.delete(secrets.resolve("server.key"));
        Files.delete(secrets.resolve("server.pem"));
        await().atMost(Platform.PATIENCE).until(() -> presented().equals(ours));
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n", US_ASCII);
    }

    /** @return the certificate that the server presents now, whoever signed it. */
    private static X509Certificate presented() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", platform.ports().mqtts())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static RawMqtt open(Optional<KeyStore> keys, Hello hello) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (keys.isPresent()) {
            own.init(keys.get(), PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", chain(platform.secrets().resolve("ca.pem"))[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return new RawMqtt(
                context.getSocketFactory()
                        .createSocket("127.0.0.1", platform.ports().mqtts()),
                hello);
    }

    private static Path keyPair(String name) throws Exception {
        Path store = file(name + "-" + System.nanoTime() + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-keystore",
                store.toString());
        return store;
    }

    private static Path file(String name) {
        return platform.data().resolve(name);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static Certificate[] chain(Path pem) throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            return all.toArray(Certificate[]::new);
        }
    }
}
