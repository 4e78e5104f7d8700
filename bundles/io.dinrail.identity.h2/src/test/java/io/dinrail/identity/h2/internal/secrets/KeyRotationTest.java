package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.IdentityException;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    @TempDir
    private Path secrets;

    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());
    private byte[] digest = new byte[0];
    private byte[] form = new byte[0];

    @BeforeEach
    void someSecretRestsOnTheKey() throws Exception {
        MasterVault vault = open(Map.of());
        digest = vault.digest("credential", "a", SECRET);
        form = vault.seal("a", SECRET);
        try (Connection connection = store.getConnection();
                Statement insert = connection.createStatement()) {
            insert.executeUpdate("insert into credential (name, rule_set, client_ids, created_at)"
                    + " values ('press-1', 'device', 'press-1', current_timestamp)");
            insert.executeUpdate("insert into credential_secret (credential, form, digest, created_at)"
                    + " select id, 'ISSUED', X'00', current_timestamp from credential");
        }
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void afterARotationEverythingOpensUnderANewKey() throws Exception {
        String old = read("master.key");
        MasterVault vault = open(Map.of());

        assertThat(vault.rotate()).isEqualTo(secrets.resolve("master.key").toString());

        assertThat(read("master.key")).isNotEqualTo(old);
        assertThat(secrets.resolve("master.key.next")).doesNotExist();
        assertOpens(vault);
        assertOpens(open(Map.of()));
    }

    @Test
    void theOldKeyOpensNothingAfterARotation() throws Exception {
        String old = read("master.key");
        open(Map.of()).rotate();
        Files.writeString(secrets.resolve("master.key"), old);

        assertThat(open(Map.of()).source()).contains("is not the key of this database");
    }

    @Test
    void aCrashBeforeTheStoreHasTheNewKeyLeavesTheOldOneInForce() throws Exception {
        Files.writeString(secrets.resolve("master.key.next"), MasterKey.random().text());

        assertOpens(open(Map.of()));
        assertThat(secrets.resolve("master.key.next")).doesNotExist();
    }

    @Test
    void aCrashWhileTheNewKeyIsWrittenLeavesTheOldOneInForce() throws Exception {
        Files.writeString(secrets.resolve("master.key.next.new"), "AAAA");
        Files.writeString(secrets.resolve("master.key.next"), "");

        assertOpens(open(Map.of()));
        open(Map.of()).rotate();
        assertOpens(open(Map.of()));
    }

    @Test
    void aCrashBeforeTheNewKeyIsInPlaceLeavesTheNewOneInForce() throws Exception {
        String old = crashedAfterTheCommit();

        assertOpens(open(Map.of()));
        assertThat(read("master.key")).isNotEqualTo(old);
        assertThat(secrets.resolve("master.key.next")).doesNotExist();
    }

    @Test
    void aSecondRotationNeverWritesOverTheKeyInForce() throws Exception {
        MasterVault vault = open(Map.of());
        vault.rotate();
        Files.move(secrets.resolve("master.key"), secrets.resolve("master.key.next"));

        vault.rotate();

        assertOpens(open(Map.of()));
    }

    @Test
    void whenTheStoreFailsTheOldKeyStaysInForce() throws Exception {
        MasterVault vault = open(Map.of());
        store.fail();

        assertThatThrownBy(vault::rotate)
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("not rotated")
                .hasMessageNotContaining("INSERT");

        store.mend();
        assertOpens(vault);
        assertOpens(open(Map.of()));
        vault.rotate();
        assertOpens(open(Map.of()));
    }

    @Test
    void aKeyFromElsewhereIsRotatedToTheOneGivenBesideIt() throws Exception {
        String old = read("master.key");
        Files.delete(secrets.resolve("master.key"));
        String next = MasterKey.random().text();

        assertThatThrownBy(() -> open(Map.of("DINRAIL_MASTER_KEY", old)).rotate())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("DINRAIL_MASTER_KEY_NEXT");

        MasterVault vault = open(Map.of("DINRAIL_MASTER_KEY", old, "DINRAIL_MASTER_KEY_NEXT", next));
        assertThat(vault.rotate()).contains("DINRAIL_MASTER_KEY_NEXT");
        assertOpens(vault);
        assertOpens(open(Map.of("DINRAIL_MASTER_KEY", old, "DINRAIL_MASTER_KEY_NEXT", next)));
        assertOpens(open(Map.of("DINRAIL_MASTER_KEY", next)));
        assertThat(open(Map.of("DINRAIL_MASTER_KEY", old)).source()).contains("is not the key of this database");
    }

    @Test
    void aRotationToTheKeyInForceOrToADamagedOneIsRefused() throws Exception {
        assertThatThrownBy(() -> open(Map.of("DINRAIL_MASTER_KEY_NEXT", read("master.key")))
                        .rotate())
                .hasMessageContaining("already");
        assertThatThrownBy(
                        () -> open(Map.of("DINRAIL_MASTER_KEY_NEXT", "short")).rotate())
                .hasMessageContaining("damaged");
    }

    @Test
    void withoutAKeyThereIsNothingToRotate() throws Exception {
        Files.delete(secrets.resolve("master.key"));

        assertThatThrownBy(() -> open(Map.of()).rotate())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("is missing");
    }

    private String crashedAfterTheCommit() throws Exception {
        String old = read("master.key");
        open(Map.of()).rotate();
        Files.move(secrets.resolve("master.key"), secrets.resolve("master.key.next"));
        Files.writeString(secrets.resolve("master.key"), old);
        return old;
    }

    private void assertOpens(MasterVault vault) throws SecretsException {
        assertThat(vault.digest("credential", "a", SECRET)).isEqualTo(digest);
        assertThat(vault.open("a", form)).isEqualTo(SECRET);
    }

    private MasterVault open(Map<String, String> environment) {
        return new MasterVault(() -> SecretsFolder.open(secrets), environment, store);
    }

    private String read(String name) throws Exception {
        return Files.readString(secrets.resolve(name));
    }
}
