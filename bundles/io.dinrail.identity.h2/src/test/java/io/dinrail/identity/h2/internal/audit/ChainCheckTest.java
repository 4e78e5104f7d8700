package io.dinrail.identity.h2.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.Audit.Verdict;
import io.dinrail.identity.h2.internal.audit.AuditWriter.Retention;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainCheckTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String TEN = "(number, at, kind, actor, origin, subject, detail, hash)";

    private final MemoryStore memory = new MemoryStore();
    private final TestVault vault = new TestVault();
    private AuditLog log = open(vault);

    @BeforeEach
    void nineEntriesStandInTheLog() throws Exception {
        for (int i = 1; i <= 9; i++) {
            log.changed(new Actor("anna", "ssh"), "kind.a", "subject " + i, "detail");
        }
        assertThat(log.verify()).isEqualTo(new Verdict(true, 9, -1, "every entry is as it was written"));
    }

    @AfterEach
    void close() {
        log.end();
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at = dateadd(millisecond, 1, at)",
                "kind = 'kind.b'",
                "kind = 'kind.aa', actor = 'nna'",
                "actor = 'bert'",
                "origin = 'console'",
                "subject = ''",
                "detail = 'detail '",
                "hash = X'0000000000000000000000000000000000000000000000000000000000000000'"
            })
    void aChangedColumnIsFound(String change) throws Exception {
        sql("update audit set " + change + " where number = 5");

        assertBrokenAt(5);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "9,9"})
    void aRemovedEntryIsFound(long removed, long broken) throws Exception {
        sql("delete from audit where number = " + removed);

        assertBrokenAt(broken);
    }

    @Test
    void aRemovedTailIsFoundEvenIfTheEndIsMovedBack() throws Exception {
        sql("delete from audit where number >= 8");
        assertBrokenAt(8);
        sql("update audit_bound set number = 7, hash = (select hash from audit where number = 7) where which = 'head'");
        assertBrokenAt(8);
        sql("delete from audit_bound where which = 'head'");
        assertBrokenAt(8);
    }

    @Test
    void aRemovedTailIsFoundAfterTheLogWentOn() throws Exception {
        log.end();
        sql("delete from audit where number >= 8");
        sql("delete from audit_bound where which = 'head'");
        log = open(vault);
        log.changed(new Actor("anna", "ssh"), "kind.a", "later", "");

        assertBrokenAt(8);
    }

    @Test
    void anEmptiedLogIsFound() throws Exception {
        sql("delete from audit");
        assertBrokenAt(1);
        sql("delete from audit_bound where which = 'head'");
        assertBrokenAt(1);
        sql("delete from audit_bound");
        assertBrokenAt(1);
    }

    @Test
    void aRolledBackLogIsFoundWhileTheProcessLives() throws Exception {
        sql("create table kept as select * from audit_bound");
        log.changed(new Actor("anna", "ssh"), "kind.a", "later", "");
        assertThat(log.verify().whole()).isTrue();
        sql("delete from audit where number = 10");
        sql("delete from audit_bound");
        sql("insert into audit_bound select * from kept");

        assertBrokenAt(10);
    }

    @Test
    void aRemovedBeginIsFoundEvenIfItIsMovedOn() throws Exception {
        sql(
                "update audit_bound set number = 3, hash = (select hash from audit where number = 3) where which = 'begin'");
        sql("delete from audit where number <= 3");
        assertBrokenAt(4);
        sql("delete from audit_bound where which = 'begin'");
        assertBrokenAt(4);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-4,-4", "10,10", "12,10"})
    void anInsertedEntryIsFound(long number, long broken) throws Exception {
        sql("insert into audit " + TEN + " select " + number
                + ", at, kind, actor, origin, subject, detail, hash from audit where number = 9");

        assertBrokenAt(broken);
    }

    @Test
    void anEntryPutInBetweenIsFound() throws Exception {
        sql("update audit set number = number + 100 where number >= 5");
        sql("update audit set number = number - 99 where number >= 100");
        sql("insert into audit " + TEN
                + " select 5, at, kind, actor, origin, subject, detail, hash from audit where number = 4");

        assertBrokenAt(5);
    }

    @Test
    void entriesInAnotherOrderAreFound() throws Exception {
        sql("update audit set number = 100 where number = 4");
        sql("update audit set number = 4 where number = 5");
        sql("update audit set number = 5 where number = 100");

        assertBrokenAt(4);
    }

    @Test
    void underAnotherKeyNothingIsVouchedFor() throws Exception {
        log.end();
        log = open(new TestVault());
        assertBrokenAt(1);
        log.changed(new Actor("anna", "ssh"), "kind.a", "later", "");
        assertBrokenAt(1);
    }

    private void assertBrokenAt(long number) throws Exception {
        Verdict verdict = log.verify();
        assertThat(verdict.whole()).isFalse();
        assertThat(verdict.broken()).isEqualTo(number);
        assertThat(verdict.detail()).startsWith("entry " + number + ": ");
    }

    private AuditLog open(TestVault key) {
        return new AuditLog(
                new Retention(Duration.ofDays(365), 1_000_000),
                memory.dataSource(),
                key,
                new ManualClock(NOON),
                () -> 0);
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = memory.dataSource().getConnection();
                Statement prepared = connection.createStatement()) {
            prepared.executeUpdate(statement);
        }
    }
}
