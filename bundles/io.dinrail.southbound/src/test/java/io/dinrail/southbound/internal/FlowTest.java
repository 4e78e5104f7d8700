package io.dinrail.southbound.internal;

import static io.dinrail.southbound.internal.Bench.SETPOINT;
import static io.dinrail.southbound.internal.Bench.TEMPERATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.ConnectorStatus;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a device reports by itself, and what is shown of it. */
class FlowTest {
    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("t", TagValue.of(71.5));
        bench.device.memory.put("s", TagValue.of(20));
        bench.write("tags/filler.csv", Bench.TAGS);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void aTagCanBePolledWhileAnotherIsReported() {
        bench.device.subscribes = true;
        bench.device.polledPlaces.add("s");
        bench.configure("filler", "port=502");
        await().until(() -> bench.readings(SETPOINT).size() > 5);
        assertThat(bench.readings(TEMPERATURE)).hasSize(1);
        bench.device.sink().report(List.of(new SampleSink.Report<>("t", Sample.good(TagValue.of(80.0)))));
        await().until(() -> bench.readings(TEMPERATURE).size() == 2);
    }

    @Test
    void aConnectorThatFloodsIsCutOffCountedAndLetInAgain() {
        bench.device.subscribes = true;
        bench.configure("filler", "max.rate=100", "backoff.max=50ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
        Sample sample = Sample.good(TagValue.of(1));
        bench.device.sink().report(Collections.nCopies(500, new SampleSink.Report<>("t", sample)));
        await().until(() -> bench.status("filler").counters().get("flooded") == 500);
        await().until(() -> bench.status("filler").lastError().contains("more than 102 values a second"));
        await().until(() -> bench.device.opened.get() == 2);
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.readings(TEMPERATURE))
                .anyMatch(reading -> reading.quality().equals(Quality.bad(Quality.COMM_FAILURE)));
    }

    @Test
    void historyIsRecordedUnderItsOwnTimeAndOnlyOnce() {
        bench.device.subscribes = true;
        bench.configure("filler", "port=502");
        await().until(() -> !bench.readings(TEMPERATURE).isEmpty());
        Sample past = new Sample(
                        Optional.of(TagValue.of(5)), Quality.GOOD, Optional.of(Instant.parse("2020-01-01T00:00:00Z")))
                .asBackfilled();
        bench.device.sink().report(List.of(new SampleSink.Report<>("t", past), new SampleSink.Report<>("t", past)));
        await().until(() -> bench.status("filler").counters().get("backfilled") == 1);
        Reading last = bench.last(TEMPERATURE);
        assertThat(last.isBackfilled()).isTrue();
        assertThat(last.sourceTime()).isEqualTo(past.sourceTime().orElseThrow());
        assertThat(bench.status("filler").good()).isEqualTo(2);
    }

    @Test
    void aStatusShowsWhatTheWireAndTheConnectorTell() {
        bench.device.meters = true;
        bench.configure("filler", "port=502");
        await().until(() -> bench.status("filler").counters().getOrDefault("answers", 0L) > 3);
        ConnectorStatus status = bench.status("filler");
        assertThat(status.counters())
                .containsKeys("requests", "timeouts", "bytesOut", "queue", "restarts", "overruns", "suppressed")
                .containsEntry("roundTripP50Micros", 1_000L)
                .containsEntry("roundTripP99Micros", 1_000L);
        assertThat(status.counters().get("bytesIn"))
                .isEqualTo(20 * status.counters().get("answers"));
        assertThat(status.counters().get("invalid.wrong-unit")).isPositive();
        assertThat(status.facts()).containsEntry("places", "2");
        assertThat(status.lanes()).as("one lane is no news").isEmpty();
        assertThat(status.lastError()).isEmpty();
    }

    @Test
    void aConnectorThatCountsNothingIsCountedByItsCalls() {
        bench.configure("filler", "port=502");
        await().until(() -> bench.status("filler").counters().get("answers") > 3);
        assertThat(bench.status("filler").counters().get("requests")).isPositive();
    }

    @Test
    void eachInstanceHasAFolderThatOnlyThePlatformMayEnter() throws Exception {
        InstanceFolders folders = new InstanceFolders(Optional.of(etc.resolve("secrets")));
        Path folder = folders.of("filler").orElseThrow();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
}
