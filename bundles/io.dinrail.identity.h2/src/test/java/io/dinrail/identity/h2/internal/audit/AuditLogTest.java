package io.dinrail.identity.h2.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Actor;
import io.dinrail.identity.api.AuditEntry;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.h2.internal.audit.AuditWriter.Retention;
import io.dinrail.identity.h2.internal.secrets.TestVault;
import io.dinrail.json.api.Json;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor ADMIN = new Actor("anna", "ssh 10.0.0.9");

    private final MemoryStore memory = new MemoryStore();
    private final FailingStore store = new FailingStore(memory.dataSource());
    private final TestVault vault = new TestVault();
    private final ManualClock clock = new ManualClock(NOON);
    private AuditLog log = open(1_000_000);

    @AfterEach
    void close() {
        log.end();
        memory.close();
    }

    @Test
    void aChangeIsReadAsItWasMade() throws Exception {
        log.changed(ADMIN, "credential.issued", "press-1", "rules device");

        assertThat(read(""))
                .containsExactly(new AuditEntry(
                        1, NOON, "credential.issued", "anna", "ssh 10.0.0.9", "press-1", "rules device"));
    }

    @Test
    void aChangeIsInTheStoreWhenTheCallReturnsAndWhatWasNotedBeforeToo() throws Exception {
        for (int i = 1; i <= 100; i++) {
            log.noted(ADMIN, "credential.issued", "press-" + i, "");
            log.changed(ADMIN, "credential.issued", "pump-" + i, "");

            assertThat(new AuditTable(memory.dataSource()).last()).isEqualTo(2L * i);
        }
    }

    @Test
    void whileTheStoreFailsNobodyWaitsForIt() {
        store.fail();
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            log.changed(ADMIN, "credential.issued", "press-1", "");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        store.mend();
    }

    @Test
    void readingGivesTheNewestOfAKindOldestFirst() throws Exception {
        for (int i = 1; i <= 5; i++) {
            log.changed(ADMIN, "token.made", "t" + i, "");
            log.changed(ADMIN, "rule-set.put", "r" + i, "");
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(log.read(NOON, "token.", 2)).extracting(AuditEntry::subject).containsExactly("t4", "t5");
        assertThat(log.read(NOON.plusSeconds(240), "", 100))
                .extracting(AuditEntry::subject)
                .containsExactly("t5", "r5");
        assertThatThrownBy(() -> log.read(NOON, "", 0)).isInstanceOf(IdentityException.class);
    }

    @Test
    void theLogGoesOnWhereItStoppedAndStaysWhole() throws Exception {
        log.changed(ADMIN, "a", "1", "");
        log.end();
        log = open(1_000_000);
        log.changed(ADMIN, "a", "2", "");

        assertThat(read("")).extracting(AuditEntry::number).containsExactly(1L, 2L);
        assertThat(log.verify().whole()).isTrue();
        assertThat(log.verify().entries()).isEqualTo(2);
    }

    @Test
    void anEmptyLogIsWhole() throws Exception {
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void whatStrangersSayIsCutAndHarmless() throws Exception {
        log.refused("x\n[admin] ok\u202E\uD800" + "y".repeat(70_000), "10.0.0.1", "wrong");
        log.denied("press-1", "c\r\n", "10.0.0.1", Action.PUBLISH, "a\0b");

        List<AuditEntry> entries = read("");
        assertThat(entries.get(0).actor()).startsWith("x?[admin] ok??y").hasSize(256);
        assertThat(entries.get(1).subject()).isEqualTo("a?b");
        assertThat(entries.get(1).detail()).isEqualTo("publish by client c??");
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void aFloodOfRefusalsIsCountedAndSampled() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            log.refused("guess" + i, "10.0.0.1", "wrong");
        }
        log.refused("press-1", "10.0.0.2", "wrong");

        assertThat(log.counts()).containsEntry("login.refused", 5_001L).containsEntry("dropped", 0L);
        assertThat(read("login.refused")).hasSize(11);

        clock.advance(Duration.ofSeconds(61));
        await().until(() -> read("login.refused").size() == 12);
        AuditEntry rest = read("login.refused").get(11);
        assertThat(rest.from()).isEqualTo("10.0.0.1");
        assertThat(rest.detail()).isEqualTo("and 4,990 more since 2026-03-01T12:00:00Z");
    }

    @Test
    void refusalsFromEverywhereAreBoundedToo() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            log.refused("a", "10.1." + i / 250 + "." + i % 250, "wrong");
        }

        assertThat(read("login.refused")).hasSize(100);
        clock.advance(Duration.ofSeconds(61));
        await().until(() ->
                read("login.refused").stream().anyMatch(entry -> entry.from().equals(Sampler.OTHERS)));
        assertThat(read("login.refused")).hasSizeLessThan(210);
    }

    @Test
    void changesAreKeptWhenTheQueueIsFullOfRefusals() throws Exception {
        store.fail();
        for (int minute = 0; minute < 120; minute++) {
            for (int i = 0; i < 1_000; i++) {
                log.denied("d" + i % 20, "c", "10.0.0.1", Action.PUBLISH, "t");
            }
            clock.advance(Duration.ofSeconds(61));
        }
        assertThat(log.counts().get("dropped")).isPositive();
        for (int i = 0; i < 1_000; i++) {
            log.noted(ADMIN, "credential.revoked", "d" + i, "");
        }
        store.mend();

        await().untilAsserted(() -> assertThat(read("credential.revoked")).hasSize(1_000));
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void whileTheStoreFailsEntriesWaitAndNothingIsLostOrDoubled() throws Exception {
        log.changed(ADMIN, "a", "1", "");
        assertThat(read("")).hasSize(1);
        store.fail();
        log.changed(ADMIN, "a", "2", "");
        await().until(() -> store.refused() > 1);
        store.mend();

        await().until(() -> read("").size() == 2);
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void withoutAKeyEntriesWaitUntilThereIsOne() throws Exception {
        log.changed(ADMIN, "a", "1", "");
        assertThat(read("")).hasSize(1);
        vault.lock(true);
        log.changed(ADMIN, "a", "2", "");
        assertThatThrownBy(log::verify).isInstanceOf(IdentityException.class).hasMessageContaining("no master key");
        assertThat(read("")).hasSize(1);

        vault.lock(false);
        await().until(() -> read("").size() == 2);
    }

    @Test
    void withoutAKeyTheQueueIsBoundedAndLossesAreCounted() {
        vault.lock(true);
        for (int i = 0; i < AuditQueue.BOUND + 500; i++) {
            log.noted(ADMIN, "a", "x", "");
        }

        assertThat(log.counts()).containsEntry("dropped", 500L).containsEntry("a", 10_500L);
    }

    @Test
    void theEndWritesWhatWaits() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            log.noted(ADMIN, "a", "x" + i, "");
        }
        log.end();

        log = open(1_000_000);
        assertThat(read("")).hasSize(5_000);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals(AuditWriter.NAME))
                .hasSize(1);
    }

    @Test
    void theOldestGoByAgeAndByNumberAndTheRestIsWhole() throws Exception {
        log.end();
        log = open(10);
        for (int i = 0; i < 25; i++) {
            log.noted(ADMIN, "a", "x" + i, "");
        }
        assertThat(read("")).hasSizeGreaterThanOrEqualTo(10);
        clock.advance(Duration.ofMinutes(2));
        await().until(() -> read("").size() == 10);
        assertThat(read("").get(0).number()).isEqualTo(16);
        assertThat(log.verify().whole()).isTrue();

        clock.advance(Duration.ofDays(400));
        log.changed(ADMIN, "a", "new", "");
        await().until(() -> read("").size() == 1);
        assertThat(log.verify().whole()).isTrue();
        log.end();
        log = open(10);
        log.changed(ADMIN, "a", "newer", "");
        assertThat(read("")).extracting(AuditEntry::number).containsExactly(26L, 27L);
        assertThat(log.verify().whole()).isTrue();
    }

    @Test
    void theChainIsWholeWhileManyWrite() throws Exception {
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(writer -> new Thread(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        log.noted(ADMIN, "a", writer + "/" + i, "");
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        while (writers.stream().anyMatch(Thread::isAlive)) {
            assertThat(log.verify().whole()).isTrue();
        }

        assertThat(read("")).hasSize(4_000);
        assertThat(log.verify().entries()).isEqualTo(4_000);
    }

    @Test
    void theExportHoldsEveryEntryOneALine() throws Exception {
        log.changed(ADMIN, "a", "say \"hi\"", "");
        log.changed(ADMIN, "a", "ü", "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(log.export(out)).isEqualTo(2);

        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        Json.read(lines.get(0));
        assertThat(lines.get(1)).contains("\"number\":2", "\"ü\"").containsPattern("\"hash\":\"[0-9a-f]{64}\"");
    }

    private List<AuditEntry> read(String kind) throws IdentityException {
        return log.read(Instant.EPOCH, kind, 100_000);
    }

    private AuditLog open(long most) {
        return new AuditLog(
                new Retention(Duration.ofDays(365), most),
                store,
                vault,
                clock,
                () -> Duration.between(NOON, clock.instant()).toNanos());
    }
}
