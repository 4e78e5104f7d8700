package io.dinrail.southbound.internal;

import static io.dinrail.southbound.internal.Bench.SETPOINT;
import static io.dinrail.southbound.internal.Bench.TAGS;
import static io.dinrail.southbound.internal.Bench.TEMPERATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.WriteResult;
import io.dinrail.connector.api.WriteResult.Verdict;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostWritesTest {
    private static final Instant LATER = Instant.now().plusSeconds(3600);

    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("t", TagValue.of(71.5));
        bench.device.memory.put("s", TagValue.of(20));
        bench.write("tags/filler.csv", TAGS);
        bench.configure("filler", "readback.wait=5ms", "hang.after=300ms", "backoff.max=50ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private WriteResult write(long value) throws Exception {
        return bench.tags
                .write(SETPOINT, TagValue.of(value), LATER)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void aWriteIsReadBack() throws Exception {
        assertThat(write(40)).isEqualTo(new WriteResult(Verdict.APPLIED, Optional.of(TagValue.of(40)), ""));
        assertThat(bench.readings(SETPOINT)).anyMatch(reading -> reading.value().equals(Optional.of(TagValue.of(40))));
    }

    @Test
    void aDeviceThatLimitsAValueIsFoundOut() throws Exception {
        bench.device.keeps = value -> TagValue.of(35);
        assertThat(write(40).verdict()).isEqualTo(Verdict.CLAMPED);
    }

    @Test
    void aDeviceThatKeepsItsValueIsFoundOut() throws Exception {
        bench.device.keeps = value -> TagValue.of(20);
        assertThat(write(40).verdict()).isEqualTo(Verdict.NOT_KEPT);
    }

    @Test
    void aDevicesRefusalCarriesItsReason() throws Exception {
        bench.device.refusesWrites = "exception 02, illegal data address";
        assertThat(write(40))
                .isEqualTo(new WriteResult(Verdict.REFUSED, Optional.empty(), "exception 02, illegal data address"));
        assertThat(bench.status("filler").state()).isEqualTo(ConnectorState.RUNNING);
    }

    @Test
    void aWriteLostOnTheWayIsUnverifiedAndNotRepeated() throws Exception {
        bench.device.losesWrites = true;
        assertThat(write(40).verdict()).isEqualTo(Verdict.UNVERIFIED);
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.device.written).hasSize(1);
    }

    @Test
    void aWriteThatHangsIsUnverified() throws Exception {
        bench.device.hang = new CountDownLatch(1);
        assertThat(write(40).verdict()).isIn(Verdict.UNVERIFIED, Verdict.REFUSED);
    }

    @Test
    void limitsAndExpiryAreKeptBeforeTheWire() throws Exception {
        assertThat(write(101).detail()).isEqualTo("101 is above the limit 100.0 of press-1/setpoint: nothing was sent");
        WriteResult late = bench.tags
                .write(SETPOINT, TagValue.of(1), Instant.now().minusSeconds(1))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(late).isEqualTo(new WriteResult(Verdict.REFUSED, Optional.empty(), "expired: nothing was sent"));
        assertThat(bench.device.written).isEmpty();
    }

    @Test
    void withoutAConnectionNothingIsSent() throws Exception {
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        assertThat(write(40).detail()).startsWith("the connector filler is not connected: nothing was sent");
        assertThat(bench.tags
                        .read(TEMPERATURE)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .quality())
                .isEqualTo(Quality.bad(Quality.COMM_FAILURE));
        assertThat(bench.device.written).isEmpty();
    }

    @Test
    void whatCanNotBeWrittenFailsWithTheReason() {
        assertThatThrownBy(() -> bench.tags
                        .write(TEMPERATURE, TagValue.of(1), LATER)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> bench.tags
                        .write(TagId.of("press-1", "nothing"), TagValue.of(1), LATER)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("device press-1 has no tag 'nothing'");
        assertThatThrownBy(() -> bench.tags
                        .write(SETPOINT, TagValue.of("warm"), LATER)
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("'warm' does not fit press-1/setpoint of type int16: write a number");
    }

    @Test
    void aTagIsReadOnDemand() throws Exception {
        bench.device.memory.put("t", TagValue.of(99.5));
        assertThat(bench.tags
                        .read(TEMPERATURE)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .value())
                .contains(TagValue.of(99.5));
        await().until(() -> bench.last(TEMPERATURE).value().isPresent());
        assertThat(bench.tags.list()).hasSize(2);
    }

    @Test
    void whatCanNotBeRecordedAsSentIsNotSent() throws Exception {
        WriteResult result = bench.tags
                .write(SETPOINT, TagValue.of(40), LATER, false, () -> {
                    throw new IllegalStateException("the disk is full");
                })
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(result.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(bench.device.written).isEmpty();
        assertThat(bench.status("filler").counters()).containsEntry("restarts", 0L);
    }
}
