package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterVaultTest {
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    @TempDir
    private Path data;

    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyTheOwnerReads() throws Exception {
        MasterVault vault = open(Map.of());

        assertThat(vault.source()).isEqualTo(file("master.key").toString());
        assertThat(Files.getPosixFilePermissions(file("master.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(vault.digest("credential", "a", SECRET)).hasSize(32);
    }

    @Test
    void theNextStartHashesAndOpensTheSame() throws Exception {
        MasterVault first = open(Map.of());
        byte[] sealed = first.seal("key:1", SECRET);

        MasterVault second = open(Map.of());

        assertThat(second.digest("credential", "a", SECRET)).isEqualTo(first.digest("credential", "a", SECRET));
        assertThat(second.open("key:1", sealed)).isEqualTo(SECRET);
    }

    @Test
    void purposeContextAndSecretAreNeverTakenForOneAnother() throws Exception {
        MasterVault vault = open(Map.of());

        assertThat(vault.digest("a", "bc", SECRET)).isNotEqualTo(vault.digest("ab", "c", SECRET));
        assertThat(vault.digest("a", "b", "cd".getBytes(UTF_8)))
                .isNotEqualTo(vault.digest("a", "bc", "d".getBytes(UTF_8)));
        assertThat(vault.digest("audit", "b", SECRET)).isNotEqualTo(vault.digest("hash", "b", SECRET));
    }

    @Test
    void whatIsSealedOpensUnchangedAndInItsPlaceOnly() throws Exception {
        MasterVault vault = open(Map.of());
        byte[] sealed = vault.seal("key:1", SECRET);

        assertThat(vault.seal("key:1", SECRET)).isNotEqualTo(sealed);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatExceptionOfType(SecretsException.class).isThrownBy(() -> vault.open("key:1", changed));
        }
        assertThatExceptionOfType(SecretsException.class).isThrownBy(() -> vault.open("key:2", sealed));
        assertThatExceptionOfType(SecretsException.class).isThrownBy(() -> vault.open("key:1", new byte[3]));
    }

    @Test
    void aKeyOfAnotherDatabaseOpensNothingWhileSecretsRestOnTheLostOne() throws Exception {
        open(Map.of());
        issue("ISSUED");
        Files.writeString(file("master.key"), key());

        MasterVault vault = open(Map.of());

        assertThatThrownBy(() -> vault.digest("credential", "a", SECRET))
                .isInstanceOf(SecretsException.class)
                .hasMessageContaining("is not the key of this database");
        assertThatExceptionOfType(SecretsException.class).isThrownBy(() -> vault.seal("a", SECRET));
        assertThat(vault.source()).contains("is not the key of this database");
    }

    @Test
    void aMissingKeyIsNotMadeAnewWhileSecretsRestOnIt() throws Exception {
        open(Map.of());
        issue("ISSUED");
        Files.delete(file("master.key"));

        assertThat(open(Map.of()).source()).contains("is missing").contains("backup");
        assertThat(file("master.key")).doesNotExist();
    }

    @Test
    void passwordsRestOnTheKeyToo() throws Exception {
        open(Map.of());
        issue("CHOSEN");
        Files.delete(file("master.key"));

        assertThat(open(Map.of()).source()).contains("is missing");
    }

    @Test
    void aMissingKeyIsMadeAnewWhenAllIsRevoked() throws Exception {
        open(Map.of());
        issue("ISSUED");
        sql("update credential set revoked_at = current_timestamp");
        Files.delete(file("master.key"));

        assertThat(open(Map.of()).digest("credential", "a", SECRET)).hasSize(32);
    }

    @Test
    void aDamagedKeyFileIsNeverWrittenOver() throws Exception {
        Files.createDirectories(file(""));
        Files.writeString(file("master.key"), "damaged");

        assertThat(open(Map.of()).source()).contains("is damaged").doesNotContain("\"damaged\"");
        assertThat(file("master.key")).hasContent("damaged");
    }

    @Test
    void anEmptyFirstStartTakesTheKeyThatTheOperatorGave() throws Exception {
        Map<String, String> given = Map.of("DINRAIL_MASTER_KEY", key());

        assertThat(open(given).source()).isEqualTo("environment variable DINRAIL_MASTER_KEY");
        assertThat(file("master.key")).doesNotExist();
    }

    @Test
    void aSystemdCredentialGoesBeforeTheEnvironment() throws Exception {
        Path credentials = Files.createDirectories(data.resolve("credentials"));
        Files.writeString(credentials.resolve("dinrail.master.key"), key());
        Map<String, String> given =
                Map.of("CREDENTIALS_DIRECTORY", credentials.toString(), "DINRAIL_MASTER_KEY", key());

        assertThat(open(given).source()).isEqualTo("systemd credential dinrail.master.key");
    }

    @Test
    void ofSeveralKeysTheOneThatFitsTheDatabaseWins() throws Exception {
        byte[] before = open(Map.of()).digest("credential", "a", SECRET);
        issue("ISSUED");

        MasterVault vault = open(Map.of("DINRAIL_MASTER_KEY", key()));

        assertThat(vault.source()).isEqualTo(file("master.key").toString());
        assertThat(vault.digest("credential", "a", SECRET)).isEqualTo(before);
    }

    @Test
    void secretsOfVersionOneAreHashedAsThen() throws Exception {
        byte[] old = new byte[32];
        old[3] = 7;
        Files.createDirectories(file(""));
        Files.writeString(file("master.key"), Base64.getEncoder().encodeToString(old));
        try (Connection connection = memory.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into master_key values (true, ?)")) {
            insert.setBytes(1, hmac(old, "dinrail master key"));
            insert.executeUpdate();
        }
        issue("LEGACY");

        MasterVault vault = open(Map.of());
        vault.rotate();

        byte[] expected = hmac(old, "press-1\0secret");
        assertThat(vault.digest("legacy", "press-1", SECRET)).isEqualTo(expected);
        assertThat(open(Map.of()).digest("legacy", "press-1", SECRET)).isEqualTo(expected);
    }

    @Test
    void withoutSecretsOfVersionOneTheirHashesAreMadeAllTheSame() throws Exception {
        byte[] digest = open(Map.of()).digest("legacy", "press-1", SECRET);

        assertThat(digest).hasSize(32);
        assertThat(open(Map.of()).digest("legacy", "press-1", SECRET)).isEqualTo(digest);
    }

    @Test
    void aDamagedDataKeyRefusesWhatDependsOnItAndNothingElse() throws Exception {
        byte[] sealed = open(Map.of()).seal("a", SECRET);
        sql(
                "update data_key set wrapped = (select wrapped from data_key where purpose = 'seal') where purpose = 'hash'");

        MasterVault vault = open(Map.of());

        assertThatThrownBy(() -> vault.digest("credential", "a", SECRET))
                .isInstanceOf(SecretsException.class)
                .hasMessageContaining("hash");
        assertThat(vault.open("a", sealed)).isEqualTo(SECRET);
        assertThat(vault.digest("audit", "", SECRET)).hasSize(32);
    }

    @Test
    void aStoreThatFailsLocksTheVaultAndChangesNothing() {
        store.fail();

        MasterVault vault = open(Map.of());

        assertThat(vault.source()).contains("the store can't be read");
        assertThatExceptionOfType(SecretsException.class).isThrownBy(() -> vault.seal("a", SECRET));
        assertThat(file("master.key")).doesNotExist();
    }

    private MasterVault open(Map<String, String> environment) {
        return new MasterVault(() -> SecretsFolder.open(data.resolve("secrets")), environment, store);
    }

    private Path file(String name) {
        return data.resolve("secrets").resolve(name);
    }

    private void issue(String form) throws SQLException {
        sql("insert into credential (name, rule_set, client_ids, created_at)"
                + " values ('press-1', 'device', 'press-1', current_timestamp)");
        sql("insert into credential_secret (credential, form, digest, created_at)" + " select id, '" + form
                + "', X'00', current_timestamp from credential");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = memory.dataSource().getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.executeUpdate();
        }
    }

    private static String key() {
        return MasterKey.random().text();
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
