package io.dinrail.identity.h2.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.identity.api.IdentityException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBackupTest {
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void whatIsUnpackedElsewhereHashesAndOpensAsBefore() throws Exception {
        Path backup = folder.resolve("backup.zip");
        Path data = folder.resolve("data");
        JdbcConnectionPool store = store(data);
        runScripts(store);
        MasterVault vault = vault(store, data);
        byte[] digest = vault.digest("credential", "a", SECRET);
        byte[] form = vault.seal("a", SECRET);
        vault.backUp(backup);
        vault.rotate();
        shutDown(store);

        Path restored = folder.resolve("restored");
        unpack(backup, restored);
        JdbcConnectionPool copy = store(restored);
        MasterVault again = vault(copy, restored);

        assertThat(again.digest("credential", "a", SECRET)).isEqualTo(digest);
        assertThat(again.open("a", form)).isEqualTo(SECRET);
        shutDown(copy);
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("backup.zip", "data", "restored");
        }
    }

    @Test
    void anExistingFileIsNeverWrittenOver() throws Exception {
        Path file = Files.writeString(folder.resolve("backup.zip"), "mine");
        JdbcConnectionPool store = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");

        assertThatThrownBy(() -> vaultBackup(store, file))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("exists");
        assertThat(file).hasContent("mine");
        store.dispose();
    }

    @Test
    void aFolderThatIsNotThereIsSaid() throws Exception {
        JdbcConnectionPool store = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");

        assertThatThrownBy(() -> vaultBackup(store, folder.resolve("nowhere/backup.zip")))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("NoSuchFile");
        store.dispose();
    }

    private void vaultBackup(JdbcConnectionPool store, Path file) throws Exception {
        new DataBackup(store, SecretsFolder.open(folder.resolve("data/secrets"))).write(file);
    }

    private static MasterVault vault(JdbcConnectionPool store, Path data) {
        return new MasterVault(() -> SecretsFolder.open(data.resolve("secrets")), Map.of(), store);
    }

    /** As the store opens it. */
    private static JdbcConnectionPool store(Path data) {
        return JdbcConnectionPool.create(
                "jdbc:h2:async:" + data.resolve("store/dinrail") + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0", "sa", "");
    }

    private static void runScripts(JdbcConnectionPool store) throws Exception {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("runscript from 'target/classes/db/V1.sql'");
            statement.execute("runscript from 'target/classes/db/V2.sql'");
        }
    }

    private static void shutDown(JdbcConnectionPool store) throws Exception {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        store.dispose();
    }

    private static void unpack(Path zip, Path to) throws Exception {
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
    }
}
