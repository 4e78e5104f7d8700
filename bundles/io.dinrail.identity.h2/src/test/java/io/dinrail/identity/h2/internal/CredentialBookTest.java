package io.dinrail.identity.h2.internal;

import static io.dinrail.identity.api.Action.PUBLISH;
import static io.dinrail.identity.api.Action.SUBSCRIBE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.event.api.CredentialChanged;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.CredentialException;
import io.dinrail.identity.api.CredentialException.Reason;
import io.dinrail.identity.api.Issued;
import io.dinrail.identity.api.Principal;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import io.dinrail.testkit.RecordingBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialBookTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    @TempDir
    private Path data;

    private final ManualClock clock = new ManualClock(NOON);
    private final RecordingBus bus = new RecordingBus();
    private final MemoryStore store = new MemoryStore();
    private CredentialBook book;

    @BeforeEach
    void start() throws SQLException {
        book = book();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anIssuedSecretOpensAndNoOtherDoes() throws CredentialException {
        Issued issued = book.issue("press-1", "device", List.of());

        assertThat(login("press-1", issued.secret())).contains(new Principal("press-1", "device", List.of("press-1")));
        assertThat(login("press-1", issued.secret() + "x")).isEmpty();
        assertThat(login("press-1", "")).isEmpty();
        assertThat(login("press-2", issued.secret())).isEmpty();
        assertThat(login("PRESS-1", issued.secret())).isEmpty();
    }

    @Test
    void aSecretHasAtLeast128BitsAndIsNeverTheSameTwice() throws CredentialException {
        String first = book.issue("a", "device", List.of()).secret();
        String second = book.issue("b", "device", List.of()).secret();

        assertThat(Base64.getUrlDecoder().decode(first)).hasSize(24);
        assertThat(first).doesNotContain("=").isNotEqualTo(second);
    }

    @Test
    void theDatabaseHoldsNoSecret() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of());

        StringBuilder dump = new StringBuilder();
        try (Connection connection = store.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("script")) {
            while (row.next()) {
                dump.append(row.getString(1));
            }
        }
        assertThat(dump.toString()).contains("press-1").doesNotContain(issued.secret());
        assertThat(issued.toString()).doesNotContain(issued.secret());
        assertThat(bus.events(CredentialChanged.class).toString()).doesNotContain(issued.secret());
    }

    @Test
    void aBackendMayUseItsNameAndWhatBeginsWithIt() throws CredentialException {
        Issued issued = book.issue("scada", "backend", List.of());

        Principal principal = login("scada", issued.secret()).orElseThrow();
        assertThat(principal.mayUseClientId("scada")).isTrue();
        assertThat(principal.mayUseClientId("scada-2")).isTrue();
        assertThat(principal.mayUseClientId("scadaX")).isFalse();
    }

    @Test
    void clientIdsAskedForAreKept() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of("a", "b*"));

        assertThat(issued.credential().clientIds()).containsExactly("a", "b*");
        assertThat(book().list()).containsExactly(issued.credential());
    }

    @Test
    void aRestartKeepsCredentials() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of());

        book = book();

        assertThat(login("press-1", issued.secret())).isPresent();
        assertThat(book.list()).containsExactly(new Credential("press-1", "device", List.of("press-1"), NOON));
    }

    @Test
    void aRevokedCredentialIsRefusedAtOnceAndForGood() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of());
        Principal connected = login("press-1", issued.secret()).orElseThrow();
        assertThat(book.authorise(connected, PUBLISH, "telemetry/press-1/t")).isTrue();

        clock.advance(Duration.ofMinutes(1));
        book.revoke("press-1");

        assertThat(book.authorise(connected, PUBLISH, "telemetry/press-1/t")).isFalse();
        assertThat(book.explain(connected, PUBLISH, "telemetry/press-1/t").reason())
                .contains("revoked");
        assertThat(login("press-1", issued.secret())).isEmpty();
        assertThat(book.list()).isEmpty();
        book = book();
        assertThat(login("press-1", issued.secret())).isEmpty();
    }

    @Test
    void aNameIssuedAnewHasANewSecretAndOldRightsAreGone() throws Exception {
        Issued old = book.issue("gate", "backend", List.of());
        Principal before = login("gate", old.secret()).orElseThrow();
        book.revoke("gate");

        Issued anew = book.issue("gate", "device", List.of());

        assertThat(login("gate", old.secret())).isEmpty();
        assertThat(login("gate", anew.secret())).isPresent();
        assertThat(book.authorise(before, SUBSCRIBE, "#")).isFalse();
        book.revoke("gate");
        book.issue("gate", "device", List.of());
        assertThat(book().list()).hasSize(1);
    }

    @Test
    void theBusHearsOfEachChangeOnceTheStoreHasIt() throws Exception {
        book.issue("press-1", "device", List.of());
        clock.advance(Duration.ofSeconds(1));
        book.revoke("press-1");

        assertThat(bus.events(CredentialChanged.class))
                .containsExactly(
                        new CredentialChanged(CredentialChanged.Kind.ISSUED, "press-1", "device", NOON),
                        new CredentialChanged(
                                CredentialChanged.Kind.REVOKED, "press-1", "device", NOON.plusSeconds(1)));
    }

    @Test
    void decisionsNameTheRule() throws Exception {
        Principal press = principal("press-1", "device");

        assertThat(book.explain(press, PUBLISH, "telemetry/press-1/t").reason())
                .isEqualTo("device: publish telemetry/press-1/#");
        assertThat(book.explain(press, SUBSCRIBE, "#").allowed()).isFalse();
        assertThat(book.explain(press, SUBSCRIBE, "evil\nline").reason()).isEqualTo("device: no rule allows it");
    }

    @Test
    void whoNeverHadACredentialHasNoRights() {
        Principal stranger = new Principal("stranger", "backend", List.of("stranger"));

        assertThat(book.authorise(stranger, SUBSCRIBE, "#")).isFalse();
    }

    @Test
    void rightsComeFromTheCredentialAndNotFromTheClaim() throws Exception {
        principal("press-1", "device");

        assertThat(book.authorise(new Principal("press-1", "backend", List.of("press-1")), SUBSCRIBE, "#"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "${jndi:ldap://evil/x}",
                "a\nb",
                "a\0b",
                "a/b",
                "a+b",
                "#",
                "../../etc/passwd",
                "-a",
                "ü",
                "server",
                "system",
                "' or 1=1 --"
            })
    void hostileNamesAreRefusedAndNeverLogIn(String name) {
        assertThat(refusal(name, "device", List.of())).isEqualTo(Reason.REFUSED);
        assertThat(login(name, "secret")).isEmpty();
        assertThat(login("press-1", name)).isEmpty();
        assertThatCode(() -> book.authorise(new Principal(name, name, List.of()), PUBLISH, name))
                .doesNotThrowAnyException();
    }

    @Test
    void hugeNamesAndSecretsAreRefused() {
        String huge = "x".repeat(65_536);

        assertThat(refusal(huge, "device", List.of())).isEqualTo(Reason.REFUSED);
        assertThat(login(huge, huge)).isEmpty();
        assertThat(book.authenticate("press-1", new byte[65_536])).isEmpty();
        assertThat(book.authenticate("press-1", new byte[] {(byte) 0xff, 0})).isEmpty();
    }

    @Test
    void badClientIdsAndRuleSetsAreRefused() {
        assertThat(refusal("a", "device", List.of("a*b"))).isEqualTo(Reason.REFUSED);
        assertThat(refusal("a", "device", List.of(""))).isEqualTo(Reason.REFUSED);
        assertThat(refusal("a", "device", List.of("a\0"))).isEqualTo(Reason.REFUSED);
        assertThat(refusal("a", "device", List.of("a\nb"))).isEqualTo(Reason.REFUSED);
        assertThat(refusal("a", "device", List.of("x".repeat(129)))).isEqualTo(Reason.REFUSED);
        assertThat(refusal("a", "admin", List.of())).isEqualTo(Reason.REFUSED);
        assertThat(book.list()).isEmpty();
    }

    @Test
    void aTakenNameAndAnUnknownOneAreSaidSo() throws CredentialException {
        book.issue("press-1", "device", List.of());

        assertThat(refusal("press-1", "backend", List.of())).isEqualTo(Reason.TAKEN);
        assertThat(catchThrowableOfType(CredentialException.class, () -> book.revoke("press-2"))
                        .reason())
                .isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void aFailingStoreIssuesNothingAndRevokesNothing() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of());
        store.close();

        assertThat(refusal("press-2", "device", List.of())).isEqualTo(Reason.STORE);
        assertThat(catchThrowableOfType(CredentialException.class, () -> book.revoke("press-1"))
                        .reason())
                .isEqualTo(Reason.STORE);
        assertThat(login("press-1", issued.secret())).isPresent();
        assertThat(bus.events(CredentialChanged.class)).hasSize(1);
    }

    @Test
    void theMasterKeyIsForItsOwnerOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(masterKey())))
                .isEqualTo("rw-------");
        assertThat(secrets()).isDirectoryContaining("glob:**/master.key");
        assertThat(Files.list(secrets())).hasSize(1);
    }

    @Test
    void aMasterKeyOpenToOthersIsClosed() throws Exception {
        Files.setPosixFilePermissions(masterKey(), PosixFilePermissions.fromString("rw-r--r--"));

        book();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(masterKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutItsMasterKeyEveryLoginIsRefusedUntilItIsBack() throws Exception {
        Issued issued = book.issue("press-1", "device", List.of());
        Path away = data.resolve("away");
        Files.move(masterKey(), away);

        book = book();

        assertThat(login("press-1", issued.secret())).isEmpty();
        assertThat(masterKey()).doesNotExist();
        CredentialException refused =
                catchThrowableOfType(CredentialException.class, () -> book.issue("press-2", "device", List.of()));
        assertThat(refused).hasMessageContaining("master.key is missing");
        assertThat(refused.reason()).isEqualTo(Reason.STORE);

        Files.move(away, masterKey());
        book = book();
        assertThat(login("press-1", issued.secret())).isPresent();
    }

    @Test
    void aForeignOrDamagedMasterKeyIsSaidSo() throws Exception {
        book.issue("press-1", "device", List.of());

        Files.writeString(masterKey(), Base64.getEncoder().encodeToString(new byte[32]));
        book = book();
        assertThat(issueMessage()).contains("belongs to another database");

        Files.writeString(masterKey(), "%%% not a key %%%");
        book = book();
        assertThat(issueMessage()).contains("is damaged").doesNotContain("%%%");
    }

    @Test
    void onceEverythingIsRevokedANewMasterKeyIsMade() throws Exception {
        book.issue("press-1", "device", List.of());
        Files.delete(masterKey());
        book = book();
        book.revoke("press-1");

        book = book();

        Issued issued = book.issue("press-1", "device", List.of());
        assertThat(login("press-1", issued.secret())).isPresent();
        book = book();
        assertThat(login("press-1", issued.secret())).isPresent();
    }

    @Test
    void anUnusableSecretsFolderIsNamedAndRefusesLogins() throws Exception {
        Path file = Files.createFile(data.resolve("in-the-way"));

        book = new CredentialBook(() -> SecretsFolder.open(file), store.dataSource(), bus, clock);

        assertThat(issueMessage()).contains(file.toString()).contains("DINRAIL_SECRETS");
        assertThat(login("press-1", "x")).isEmpty();
    }

    private String issueMessage() {
        return catchThrowableOfType(CredentialException.class, () -> book.issue("new", "device", List.of()))
                .getMessage();
    }

    private Principal principal(String name, String ruleSet) throws CredentialException {
        return login(name, book.issue(name, ruleSet, List.of()).secret()).orElseThrow();
    }

    private Optional<Principal> login(String name, String secret) {
        return book.authenticate(name, secret.getBytes(UTF_8));
    }

    private Reason refusal(String name, String ruleSet, List<String> clientIds) {
        return catchThrowableOfType(CredentialException.class, () -> book.issue(name, ruleSet, clientIds))
                .reason();
    }

    private CredentialBook book() throws SQLException {
        return new CredentialBook(() -> SecretsFolder.open(secrets()), store.dataSource(), bus, clock);
    }

    private Path secrets() {
        return data.resolve("new").resolve("secrets");
    }

    private Path masterKey() {
        return secrets().resolve("master.key");
    }
}
