package io.dinrail.boot.internal;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Role;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.ssh.KarafJaasAuthenticator;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in with which key, and as what. */
final class SshDoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final FakePeople people = new FakePeople();
    private final KeyPair annsKey = key();
    private final SshClient client = SshClient.setUpDefaultClient();
    private final SshServer server = SshServer.setUpDefaultServer();
    private Secrets secrets;
    private SshDoor door;

    @BeforeEach
    void open() throws Exception {
        secrets = new Secrets(folder.resolve("secrets"));
        server.setHost("127.0.0.1");
        door = new SshDoor(secrets, Duration.ofMillis(10));
        door.bindServer(server);
        server.start();
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
        people.put("ann", annsKey.getPublic(), Role.OPERATOR);
    }

    @AfterEach
    void close() throws Exception {
        client.stop();
        server.stop(true);
        door.close();
    }

    @Test
    void theOwnerIsAdminWithOrWithoutIdentity() throws Exception {
        try (ClientSession session = login("admin", KeyFiles.pair(secrets.file(KeyFiles.ADMIN)))) {
            assertThat(session.isAuthenticated()).isTrue();
            assertThat(names(RolePrincipal.class)).contains("admin", "ssh", "manager");
            assertThat(names(UserPrincipal.class)).containsExactly("admin");
            assertThat(subject().getPrincipals(ClientPrincipal.class))
                    .extracting(ClientPrincipal::getAddress)
                    .containsExactly("127.0.0.1");
        }
    }

    @Test
    void aPersonComesInByKeyWithItsRoleAndNoOther() throws Exception {
        door.bindPeople(people);

        try (ClientSession session = login("ann", annsKey)) {
            assertThat(session.isAuthenticated()).isTrue();
            assertThat(names(RolePrincipal.class)).containsExactlyInAnyOrder("operator", "ssh");
            assertThat(names(UserPrincipal.class)).containsExactly("ann");
        }
    }

    @Test
    void nobodyComesInUnderAnotherNameOrKeyOrWithoutIdentity() throws Exception {
        assertRefused("ann", annsKey);
        door.bindPeople(people);
        assertRefused("admin", annsKey);
        assertRefused("ann", key());
        assertRefused("karaf", annsKey);
        assertRefused("", annsKey);
        people.put("admin", annsKey.getPublic(), Role.ADMIN);
        assertRefused("admin", annsKey);
        door.unbindPeople(people);
        assertRefused("ann", annsKey);
    }

    @Test
    void aLoginThatWasRefusedStandsInTheAuditLog() throws Exception {
        FakeAudit audit = new FakeAudit();
        door.bindAudit(audit);

        assertRefused("root", annsKey);

        await().untilAsserted(() ->
                assertThat(audit.lines).containsExactly("ssh 127.0.0.1 login.refused root no key of that person"));
    }

    @Test
    void whoIsRemovedIsSentOut() throws Exception {
        door.bindPeople(people);
        try (ClientSession session = login("ann", annsKey)) {
            people.remove(Actor.PLATFORM, "ann");

            await().until(session::isClosed);
        }
    }

    @Test
    void whoLosesTheKeyIsSentOut() throws Exception {
        door.bindPeople(people);
        try (ClientSession session = login("ann", annsKey)) {
            assertThat(session.isOpen()).isTrue();
            people.put("ann", key().getPublic(), Role.OPERATOR);

            await().until(session::isClosed);
        }
    }

    @Test
    void whoGetsAnotherRoleIsSentOutAndHasItAtTheNextLogin() throws Exception {
        door.bindPeople(people);
        try (ClientSession session = login("ann", annsKey)) {
            assertThat(session.isOpen()).isTrue();
            people.put("ann", annsKey.getPublic(), Role.VIEWER);

            await().until(session::isClosed);
        }
    }

    @Test
    void whoIsInsideStaysWhileIdentityIsAway() throws Exception {
        door.bindPeople(people);
        try (ClientSession session = login("ann", annsKey)) {
            door.unbindPeople(people);
            people.remove(Actor.PLATFORM, "ann");
            try (ClientSession second = login("admin", KeyFiles.pair(secrets.file(KeyFiles.ADMIN)))) {
                assertThat(second.isAuthenticated()).isTrue();
            }

            assertThat(session.isOpen()).isTrue();
        }
    }

    @Test
    void thereAreNoTunnels() throws Exception {
        try (ClientSession session = login("admin", KeyFiles.pair(secrets.file(KeyFiles.ADMIN)))) {
            assertThatThrownBy(() -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 1)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoKnocksOftenWithoutLoggingInKeepsNobodyElseOut() throws Exception {
        List<Socket> knocking = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            knocking.add(new Socket("127.0.0.1", server.getPort()));
        }
        await().untilAsserted(() -> assertThat(server.getActiveSessions()).hasSizeLessThanOrEqualTo(16));
        for (Socket socket : knocking) {
            socket.close();
        }

        await().ignoreExceptions().until(() -> {
            try (ClientSession session = login("admin", KeyFiles.pair(secrets.file(KeyFiles.ADMIN)))) {
                return session.isAuthenticated();
            }
        });
    }

    private void assertRefused(String name, KeyPair key) {
        assertThatThrownBy(() -> login(name, key).close()).isInstanceOf(IOException.class);
    }

    private ClientSession login(String name, KeyPair key) throws IOException {
        ClientSession session = client.connect(name, "127.0.0.1", server.getPort())
                .verify(PATIENCE)
                .getSession();
        try {
            session.addPublicKeyIdentity(key);
            session.auth().verify(PATIENCE);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    private Subject subject() {
        return server.getActiveSessions().get(0).getAttribute(KarafJaasAuthenticator.SUBJECT_ATTRIBUTE_KEY);
    }

    private Set<String> names(Class<? extends Principal> type) {
        return subject().getPrincipals(type).stream().map(Principal::getName).collect(toSet());
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
