package io.dinrail.identity.h2.internal.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Admission.Reason;
import io.dinrail.identity.api.Attempt;
import io.dinrail.identity.api.Credential;
import io.dinrail.identity.api.Principal;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credentials that were issued by version 1 go on working. */
class MigrationTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private final TestVault vault = new TestVault();
    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void whoLoggedInBeforeLogsInAfterwards() throws Exception {
        run("V1.sql");
        insert("press-1", "device", "press-1", "one", null);
        insert("scada", "backend", "scada\nscada-*", "two", null);
        insert("gone", "device", "gone", "three", THEN);
        insert("gone", "device", "gone", "four", null);
        run("V2.sql");
        Roster roster = new Roster(pool, Clock.systemUTC(), SteadyClock.system());
        SecretJudge judge = new SecretJudge(roster, new SecretHasher(vault, BooksFixture.CHEAP));
        try {
            assertThat(prove(judge, "press-1", "one")).isInstanceOf(Proof.Proven.class);
            assertThat(prove(judge, "scada", "two")).isInstanceOf(Proof.Proven.class);
            assertThat(prove(judge, "gone", "four")).isInstanceOf(Proof.Proven.class);
            assertThat(prove(judge, "gone", "three")).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
            assertThat(prove(judge, "press-1", "two")).isEqualTo(new Proof.Failed(Reason.WRONG, "wrong"));
            assertThat(roster.all().map(each -> each.shown(THEN)))
                    .containsExactlyInAnyOrder(
                            credential(Principal.Kind.DEVICE, "press-1", "device", List.of("press-1")),
                            credential(Principal.Kind.BACKEND, "scada", "backend", List.of("scada", "scada-*")),
                            credential(Principal.Kind.DEVICE, "gone", "device", List.of("gone")));
        } finally {
            judge.stop();
            roster.stop();
        }
    }

    private static Proof prove(SecretJudge judge, String name, String secret) {
        return judge.prove("default", name, new Attempt(name, secret.getBytes(UTF_8), Optional.empty(), "10.0.0.1"))
                .toCompletableFuture()
                .join();
    }

    private static Credential credential(Principal.Kind kind, String name, String ruleSet, List<String> clientIds) {
        return new Credential(
                new Principal(kind, "default", name),
                "",
                ruleSet,
                clientIds,
                Credential.State.ACTIVE,
                THEN,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private void run(String script) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("RUNSCRIPT FROM '"
                    + Path.of("target", "classes", "db", script).toUri() + "'");
        }
    }

    private void insert(
            String name,
            String ruleSet,
            String clientIds,
            String secret,
            @org.jspecify.annotations.Nullable Instant revoked)
            throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into credential (name, rule_set, client_ids, digest, created_at, revoked_at)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, ruleSet);
            insert.setString(3, clientIds);
            insert.setBytes(4, vault.digest("legacy", name, secret.getBytes(UTF_8)));
            insert.setObject(5, THEN);
            insert.setObject(6, revoked);
            insert.executeUpdate();
        }
    }
}
