package io.dinrail.connector.opcua.internal;

import static io.dinrail.connector.opcua.internal.Rows.point;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.model.api.TagValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a Milo server with every policy in both modes. */
class SecurityTest {
    @TempDir
    private static Path serversFolder;

    private static OwnCertificate identity;
    private static TestServer server;

    @TempDir
    private Path folder;

    private Platform platform;
    private final List<OpcuaConnector> made = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        identity = new OwnCertificates(new SecretFolder(serversFolder), Clock.systemUTC()).current();
        server = new TestServer(TestServer.freePort(), identity);
        server.variable("Value", OpcUaDataType.Int32, 7);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void prepare() {
        platform = Platform.of(new SecretFolder(folder), Clock.systemUTC());
        server.logins.clear();
    }

    @AfterEach
    void disconnect() {
        made.forEach(OpcuaConnector::close);
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Basic256Sha256, Sign",
        "Basic256Sha256, SignAndEncrypt",
        "Aes128_Sha256_RsaOaep, Sign",
        "Aes128_Sha256_RsaOaep, SignAndEncrypt",
        "Aes256_Sha256_RsaPss, Sign",
        "Aes256_Sha256_RsaPss, SignAndEncrypt",
    })
    void everyPolicyInBothModesCarriesValuesAndLogins(String policy, String mode) throws Exception {
        OpcuaConnector anonymous = trusting("security.policy", policy, "security.mode", mode);
        anonymous.open();
        assertThat(value(anonymous)).isEqualTo(TagValue.of(7));
        anonymous.close();

        OpcuaConnector named = trusting(
                "security.policy",
                policy,
                "security.mode",
                mode,
                "auth",
                "username",
                "username",
                "me",
                "password",
                "right");
        named.open();
        assertThat(value(named)).isEqualTo(TagValue.of(7));
        assertThat(server.logins).containsExactly("me:right");
        named.close();

        Path user = user();
        OpcuaConnector certified = trusting(
                "security.policy",
                policy,
                "security.mode",
                mode,
                "auth",
                "certificate",
                "user.certificate",
                user.toString(),
                "user.key",
                user.toString());
        certified.open();
        assertThat(value(certified)).isEqualTo(TagValue.of(7));
        assertThat(server.logins).hasSize(2);
    }

    @Test
    void anUnknownServerIsTrustedOnceAPersonAcceptsItsFingerprintAndNeverBefore() throws Exception {
        int seen = server.clients.size();
        OpcuaConnector connector = connector("security.policy", "Basic256Sha256");
        for (int i = 0; i < 3; i++) {
            assertThat(failure(connector))
                    .returns(Reason.LOST, ConnectorException::reason)
                    .hasMessageContaining("connector-trust test --accept " + Fingerprint.of(identity.certificate()));
        }
        assertThat(server.clients).hasSize(seen); // it was never told who asks
        assertThat(connector.peers())
                .singleElement()
                .returns(false, PeerCertificate::trusted)
                .returns(Fingerprint.of(identity.certificate()), PeerCertificate::fingerprint);

        assertThatThrownBy(() -> connector.trust("00".repeat(32))).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure(connector)).hasMessageContaining("nobody has accepted");

        connector.trust(connector.peers().get(0).fingerprint());
        connector.open();
        assertThat(value(connector)).isEqualTo(TagValue.of(7));
        assertThat(connector.peers()).singleElement().returns(true, PeerCertificate::trusted);
    }

    @Test
    void aServerThatShowsAnotherCertificateIsNotTrustedAnyMore(@TempDir Path other) throws Exception {
        int port = TestServer.freePort();
        OpcuaConnector connector;
        try (TestServer first = new TestServer(port, identity)) {
            connector = trusting("endpoint", first.endpoint(), "security.policy", "Aes256_Sha256_RsaPss");
            connector.open();
            connector.close();
        }
        OwnCertificate another = new OwnCertificates(new SecretFolder(other), Clock.systemUTC()).current();
        try (TestServer second = new TestServer(port, another)) {
            assertThat(failure(connector)).hasMessageContaining(Fingerprint.of(another.certificate()));
            assertThat(second.clients).isEmpty();
            assertThat(connector.peers()).extracting(PeerCertificate::trusted).containsExactly(false, true);
        }
    }

    @Test
    void anAcceptedCertificateThatHasEndedIsRefused() throws Exception {
        OpcuaConnector connector = trusting("security.policy", "Basic256Sha256");
        connector.open();
        connector.close();
        Platform later =
                Platform.of(new SecretFolder(folder), Clock.offset(Clock.systemUTC(), Duration.ofDays(365 * 4)));
        OpcuaConnector afterwards = connector(later, "security.policy", "Basic256Sha256");
        assertThat(failure(afterwards)).hasMessageContaining("Bad_CertificateTimeInvalid");
        later.close();
    }

    @Test
    void aPasswordIsNotSentWhereOthersCanReadIt() throws Exception {
        OpcuaConnector refused = connector("auth", "username", "username", "me", "password", "right");
        assertThat(failure(refused)).hasMessageContaining("others could read the password over None/None");
        assertThat(server.logins).isEmpty();
        OpcuaConnector allowed =
                connector("auth", "username", "username", "me", "password", "right", "password.in.clear", "allow");
        allowed.open();
        assertThat(server.logins).containsExactly("me:right");
    }

    @Test
    void aWrongPasswordIsSaidAndOneFromAFileIsUsed() throws Exception {
        OpcuaConnector wrong = trusting(
                "security.policy", "Basic256Sha256", "auth", "username", "username", "me", "password", "wrong");
        assertThat(failure(wrong)).hasMessageContaining("Bad_UserAccessDenied");
        Files.writeString(folder.resolve("plc.password"), "right\n", UTF_8);
        OpcuaConnector right = trusting(
                "security.policy",
                "Basic256Sha256",
                "auth",
                "username",
                "username",
                "me",
                "password",
                "secret:plc.password");
        right.open();
        assertThat(server.logins).contains("me:right");
    }

    @Test
    void theOwnCertificateNamesTheApplicationIsKeptAndIsTheOwnersOnly() throws Exception {
        OwnCertificate own = platform.certificates().current();
        assertThat(CertificateUtil.getSanUri(own.certificate())).contains(own.applicationUri());
        assertThat(own.applicationUri()).startsWith("urn:").endsWith(":dinrail:opcua");
        Path file = folder.resolve("opcua/own.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        OwnCertificate again = new OwnCertificates(new SecretFolder(folder), Clock.systemUTC()).current();
        assertThat(again.certificate()).isEqualTo(own.certificate());
        assertThat(again.keys().getPrivate()).isEqualTo(own.keys().getPrivate());

        OpcuaConnector connector = trusting("security.policy", "Basic256Sha256");
        connector.open();
        assertThat(connector.facts())
                .containsEntry("certificateExpires", own.ends().toString())
                .containsEntry("applicationUri", own.applicationUri());
    }

    @Test
    void theOwnCertificateIsRenewedBeforeItEndsWhileConnected() throws Exception {
        ShiftedClock clock = new ShiftedClock();
        platform = Platform.of(new SecretFolder(folder), clock);
        OpcuaConnector connector = trusting("security.policy", "Basic256Sha256");
        connector.open();
        String first = connector.facts().get("certificate");
        connector.probe();
        clock.shift = Duration.ofDays(3 * 365L - 59);
        assertThat(catchThrowableOfType(ConnectorException.class, connector::probe))
                .hasMessageContaining("renewed certificate");
        connector.close();
        OwnCertificate renewed = platform.certificates().current();
        assertThat(Fingerprint.of(renewed.certificate())).isNotEqualTo(first);
        assertThat(renewed.applicationUri()).endsWith(":dinrail:opcua");
        assertThat(renewed.ends()).isAfter(clock.instant().plus(Duration.ofDays(1000)));
    }

    private Path user() throws Exception {
        new OwnCertificates(new SecretFolder(folder.resolve("user")), Clock.systemUTC()).current();
        return folder.resolve("user/opcua/own.pem");
    }

    private OpcuaConnector trusting(String... settings) throws Exception {
        OpcuaConnector connector = connector(settings);
        TrustList trust = new TrustList(folder.resolve("opcua/test"));
        trust.quarantine(identity.certificate());
        connector.trust(Fingerprint.of(identity.certificate()));
        return connector;
    }

    private OpcuaConnector connector(String... settings) {
        return connector(platform, settings);
    }

    private OpcuaConnector connector(Platform on, String... settings) {
        List<String> all = new ArrayList<>(List.of("endpoint", server.endpoint()));
        all.addAll(List.of(settings));
        OpcuaConnector connector = Rows.connector(on, all.toArray(String[]::new));
        made.add(connector);
        return connector;
    }

    private static TagValue value(OpcuaConnector connector) throws ConnectorException {
        return connector
                .read(List.of(point("nsu=urn:test:plc;s=Value")))
                .get(0)
                .value()
                .orElseThrow();
    }

    private static ConnectorException failure(OpcuaConnector connector) {
        return catchThrowableOfType(ConnectorException.class, connector::open);
    }
}
