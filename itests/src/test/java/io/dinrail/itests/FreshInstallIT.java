package io.dinrail.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.itests.RawMqtt.Hello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing of a new installation is known to anybody but its owner. */
class FreshInstallIT {
    /** What scanners try first. */
    private static final List<String> NAMES = List.of(
            "admin",
            "root",
            "karaf",
            "dinrail",
            "guest",
            "user",
            "mqtt",
            "mosquitto",
            "test",
            "operator",
            "system",
            "server",
            "device",
            "backend",
            "anonymous",
            "default");

    /** Each try comes from an address of its own, so that none is refused because of those before. */
    private static int tries;

    private static LaunchedPlatform one;
    private static LaunchedPlatform two;

    @BeforeAll
    static void start() {
        Launcher launcher = Launcher.unpack();
        one = LaunchedPlatform.start(launcher, "one");
        two = LaunchedPlatform.start(Launcher.unpack(), "two");
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static List<String> passwords(String name) {
        return List.of("", name, "admin", "password", "public", "karaf", "changeme", "1234", "12345678", "dinrail");
    }

    @Test
    void noUsualLoginOpensMqtt() throws Exception {
        List<String> open = new ArrayList<>();
        for (String name : NAMES) {
            for (String password : passwords(name)) {
                int version = password.length() % 2 == 0 ? RawMqtt.V3 : RawMqtt.V5;
                Hello hello = Hello.of(version, name, name, password);
                tries++;
                for (Socket socket : List.of(plain(one), tls(one))) {
                    try (RawMqtt client = new RawMqtt(socket, hello)) {
                        assertThat(client.code()).as("looked at, not throttled").isIn(4, 0x86, 0);
                        if (client.code() == 0) {
                            open.add(name + " with '" + password + "'");
                        }
                    }
                }
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void nobodyWithoutANameOpensMqtt() throws Exception {
        for (Socket socket : List.of(plain(one), tls(one))) {
            try (RawMqtt client = new RawMqtt(socket, Hello.of(RawMqtt.V3, "nobody", "", ""))) {
                assertThat(client.code()).isNotZero();
            }
        }
    }

    @Test
    void noUsualLoginOpensTheShell() throws Exception {
        KeyPair foreign = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        for (String name : List.of("admin", "karaf", "root", "dinrail")) {
            assertThat(RemoteShell.admits(
                            one.ports().ssh(),
                            name,
                            KeyIdentityProvider.wrapKeyPairs(foreign),
                            passwords(name).stream()
                                    .filter(password -> !password.isEmpty())
                                    .toArray(String[]::new)))
                    .as(name)
                    .isFalse();
        }
        // two's owner is nobody here
        KeyIdentityProvider other = new FileKeyPairProvider(two.secrets().resolve("admin.key"));
        assertThat(RemoteShell.admits(one.ports().ssh(), "admin", other)).isFalse();
    }

    @Test
    void twoInstallationsShareNoSecret() throws IOException {
        Map<String, byte[]> here = secrets(one);
        Map<String, byte[]> there = secrets(two);
        assertThat(here.keySet()).contains("master.key", "ca.key", "own-server.key", "admin.key");
        here.forEach((name, bytes) -> there.forEach((other, others) -> assertThat(Arrays.equals(bytes, others))
                .as("%s and the other's %s are equal", name, other)
                .isFalse()));
        Plant plant = new Plant(one);
        String password = plant.password("same-1", "");
        assertThat(new Plant(two).password("same-1", "")).isNotEqualTo(password);
    }

    private static Map<String, byte[]> secrets(Platform platform) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(platform.secrets())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.put(platform.secrets().relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return all;
    }

    private static Socket plain(Platform platform) throws IOException {
        return new Socket("127.0.0.1", platform.ports().mqtt(), address(), 0);
    }

    private static Socket tls(Platform platform) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(platform.secrets().resolve("ca.pem"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory()
                .createSocket("127.0.0.1", platform.ports().mqtts(), address(), 0);
    }

    private static InetAddress address() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 1, (byte) (tries / 250), (byte) (1 + tries % 250)});
    }
}
