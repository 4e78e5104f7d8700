package io.dinrail.store.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigratorTest {
    private static final Script V1 =
            new Script(1, "-- the first\nCREATE TABLE DEVICE (ID INT PRIMARY KEY);\nINSERT INTO DEVICE VALUES (1);\n");
    private static final Script V2 = new Script(2, "ALTER TABLE DEVICE ADD COLUMN NOTE VARCHAR(20) DEFAULT 'a;b';");

    @TempDir
    Path folder;

    private DatabaseFile database;

    @BeforeEach
    void open() throws Exception {
        database = DatabaseFile.open(folder);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void aScriptRunsOnce() throws Exception {
        assertThat(Migrator.migrate(database, "plant", List.of(V1))).isEqualTo(1);
        assertThat(Migrator.migrate(database, "plant", List.of(V1))).isZero();
        assertThat(number("plant", "SELECT COUNT(*) FROM DEVICE")).isEqualTo(1);
    }

    @Test
    void onlyTheNewScriptRunsAfterAnUpdate() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        database.close();
        database = DatabaseFile.open(folder);
        assertThat(Migrator.migrate(database, "plant", List.of(V1, V2))).isEqualTo(1);
        assertThat(number("plant", "SELECT COUNT(*) FROM DEVICE WHERE NOTE = 'a;b'"))
                .isEqualTo(1);
    }

    @Test
    void twoSchemasHaveTablesOfOneName() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        Migrator.migrate(database, "office.h2", List.of(V1));
        execute("office.h2", "INSERT INTO DEVICE VALUES (2)");
        assertThat(number("plant", "SELECT COUNT(*) FROM DEVICE")).isEqualTo(1);
        assertThat(number("office.h2", "SELECT COUNT(*) FROM DEVICE")).isEqualTo(2);
    }

    @Test
    void aFailingStatementIsNamedAndTheScriptGoesOnThereOnceItIsCorrected() throws Exception {
        Script wrong = new Script(1, "CREATE TABLE A (ID INT);\nCREATE TABEL B (ID INT);");
        assertThatThrownBy(() -> Migrator.migrate(database, "plant", List.of(wrong)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("statement 2 of db/V1.sql (CREATE TABEL B (ID INT)) failed")
                .hasMessageNotContaining("\n");
        Script right = new Script(1, "CREATE TABLE A (ID INT);\nCREATE TABLE B (ID INT);");
        assertThat(Migrator.migrate(database, "plant", List.of(right))).isEqualTo(1);
        assertThat(number("plant", "SELECT COUNT(*) FROM B")).isZero();
    }

    @Test
    void aStatementThatTookEffectBeforeAKillIsNotAnError() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        execute("plant", "ALTER TABLE DEVICE ADD COLUMN NOTE VARCHAR(20) DEFAULT 'a;b'");
        execute("plant", "INSERT INTO PUBLIC.SCHEMA_VERSION VALUES ('plant', 2, 0, TRUE, FALSE, CURRENT_TIMESTAMP)");
        assertThat(Migrator.migrate(database, "plant", List.of(V1, V2))).isEqualTo(1);
    }

    @Test
    void whatExistsAlreadyIsAnErrorWithoutAKill() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        execute("plant", "ALTER TABLE DEVICE ADD COLUMN NOTE VARCHAR(20)");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Migrator.migrate(database, "plant", List.of(V1, V2)))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("Duplicate column name");
        }
    }

    @Test
    void dataOfANewerBundleIsRefused() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1, V2));
        assertThatThrownBy(() -> Migrator.migrate(database, "plant", List.of(V1)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("the data is of version 2 and the bundle knows 1 at most");
    }

    @Test
    void aCommitIsInTheFileBeforeItReturns(@TempDir Path copy) throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        for (int id = 2; id <= 50; id++) {
            execute("plant", "INSERT INTO DEVICE VALUES (" + id + ")");
        }
        Files.copy(folder.resolve("dinrail.mv.db"), copy.resolve("dinrail.mv.db"));
        try (DatabaseFile killed = DatabaseFile.open(copy);
                Connection connection = new SchemaDataSource(killed, "plant").getConnection()) {
            assertThat(number(connection, "SELECT COUNT(*) FROM DEVICE")).isEqualTo(50);
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheFileForTheOthers() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        Thread.currentThread().interrupt();
        execute("plant", "INSERT INTO DEVICE VALUES (2)");
        assertThat(Thread.interrupted()).isTrue();
        execute("plant", "INSERT INTO DEVICE VALUES (3)");
        assertThat(number("plant", "SELECT COUNT(*) FROM DEVICE")).isEqualTo(3);
    }

    @Test
    void theNextConnectionOpensAFileThatH2GaveUp() throws Exception {
        Migrator.migrate(database, "plant", List.of(V1));
        execute("plant", "SHUTDOWN IMMEDIATELY");
        assertThat(number("plant", "SELECT COUNT(*) FROM DEVICE")).isEqualTo(1);
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws Exception {
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("dinrail.mv.db"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void execute(String schema, String sql) throws SQLException {
        try (Connection connection = new SchemaDataSource(database, schema).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int number(String schema, String sql) throws SQLException {
        try (Connection connection = new SchemaDataSource(database, schema).getConnection()) {
            return number(connection, sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
