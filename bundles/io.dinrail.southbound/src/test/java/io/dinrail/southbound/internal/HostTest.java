package io.dinrail.southbound.internal;

import static io.dinrail.southbound.internal.Bench.SETPOINT;
import static io.dinrail.southbound.internal.Bench.TAGS;
import static io.dinrail.southbound.internal.Bench.TEMPERATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.event.api.ConnectorChanged.Kind;
import io.dinrail.model.api.Quality;
import io.dinrail.model.api.Reading;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("t", TagValue.of(71.5));
        bench.device.memory.put("s", TagValue.of(20));
        bench.write("tags/filler.csv", TAGS);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void aConfiguredConnectorPollsItsTags() {
        bench.configure("filler", "port=502");
        await().until(() -> bench.readings(TEMPERATURE).size() > 3);
        assertThat(bench.last(TEMPERATURE).value()).contains(TagValue.of(71.5));
        assertThat(bench.status("filler").good()).isEqualTo(2);
        assertThat(bench.kinds()).containsExactly(Kind.STARTED);
        assertThat(bench.reachable).contains(SETPOINT);
    }

    @Test
    void aDeadDeviceAtStartIsDegradedSaysSoOnceForEachTagAndRecoversByItself() {
        bench.device.down = true;
        bench.configure("filler", "backoff.max=50ms");
        bench.awaitState("filler", ConnectorState.DEGRADED);
        await().until(() -> bench.status("filler").counters().get("failures") > 3);
        assertThat(bench.readings(TEMPERATURE)).hasSize(1);
        assertThat(bench.last(TEMPERATURE).quality()).isEqualTo(Quality.bad(Quality.COMM_FAILURE));
        assertThat(bench.last(TEMPERATURE).value()).isEmpty();
        assertThat(bench.status("filler").reason()).isEqualTo("memory:1 does not answer");

        bench.device.down = false;
        bench.awaitState("filler", ConnectorState.RUNNING);
        await().until(() -> bench.last(TEMPERATURE).quality().isGood());
        assertThat(bench.kinds()).containsExactly(Kind.DEGRADED, Kind.STARTED);
    }

    @Test
    void aLostConnectionMakesEveryTagBadOnceWithItsLastGoodValue() {
        bench.configure("filler", "backoff.max=50ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        await().until(() -> bench.status("filler").bad() == 2);
        Reading lost = bench.last(TEMPERATURE);
        assertThat(lost.quality()).isEqualTo(Quality.bad(Quality.COMM_FAILURE));
        assertThat(lost.value()).contains(TagValue.of(71.5));
        bench.device.down = false;
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.kinds()).containsExactly(Kind.STARTED, Kind.DEGRADED, Kind.RECOVERED);
        assertThat(bench.readings(TEMPERATURE).stream()
                        .filter(reading -> !reading.quality().isGood()))
                .hasSize(1);
    }

    @Test
    void aCallThatHangsIsGivenUpAndTheConnectorReplaced() {
        bench.configure("filler", "hang.after=200ms", "backoff.max=50ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
        CountDownLatch never = new CountDownLatch(1);
        bench.device.hang = never;
        await().until(() -> bench.status("filler").counters().get("restarts") >= 1);
        bench.device.hang = new CountDownLatch(0);
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.device.created.get()).isGreaterThanOrEqualTo(2);
        assertThat(bench.kinds()).contains(Kind.DEGRADED, Kind.RECOVERED);
        never.countDown();
    }

    @Test
    void aConnectorThatCrashesAgainAndAgainGoesIntoQuarantineUntilSomebodyStartsIt() {
        bench.device.crashes = true;
        bench.configure("filler", "backoff.max=10ms");
        bench.awaitState("filler", ConnectorState.QUARANTINED);
        assertThat(bench.device.created.get()).isEqualTo(Crashes.MOST);
        assertThat(bench.status("filler").reason()).contains("a defect").contains("5 times within 10 minutes");
        assertThat(bench.status("filler").bad()).isEqualTo(2);

        bench.device.crashes = false;
        bench.host.start("filler");
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.kinds()).containsExactly(Kind.DEGRADED, Kind.QUARANTINED, Kind.STARTED);
    }

    @Test
    void instancesStopWhenTheirTypeGoesAndRunAgainWhenItIsBack() throws Exception {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.host.typeWent("fake", bench.device).get();
        assertThat(bench.device.open.get()).isZero();
        bench.awaitState("filler", ConnectorState.STOPPED);
        assertThat(bench.status("filler").reason()).isEqualTo("the fake connector's bundle is away");

        FakeDevice update = new FakeDevice();
        update.memory.put("t", TagValue.of(72.5));
        bench.host.typeCame("fake", update);
        await().atMost(Duration.ofSeconds(2))
                .until(() -> bench.last(TEMPERATURE).value().equals(Optional.of(TagValue.of(72.5))));
    }

    @Test
    void aStoppedConnectorStaysStoppedUntilItIsStarted() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.host.stop("filler");
        bench.awaitState("filler", ConnectorState.STOPPED);
        await().until(() -> bench.device.open.get() == 0
                && !bench.last(TEMPERATURE).quality().isGood());
        bench.host.start("filler");
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThatThrownBy(() -> bench.host.stop("nobody")).hasMessageContaining("'nobody'");
    }

    @Test
    void aSavedTagsFileTouchesOnlyWhatChanged() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.write("tags/filler.csv", TAGS + "press-1,extra,t,r,20ms,,,\n");
        TagId extra = TagId.of("press-1", "extra");
        await().until(() -> !bench.readings(extra).isEmpty());
        bench.write("tags/filler.csv", TAGS);
        await().until(() -> bench.last(extra).quality().equals(Quality.bad(Quality.CONFIG_ERROR)));
        assertThat(bench.tags.find(extra)).isEmpty();
        assertThat(bench.device.opened.get()).isEqualTo(1);
        assertThat(bench.readings(TEMPERATURE))
                .allMatch(reading -> reading.quality().isGood());
    }

    @Test
    void aBadRowIsNamedAndItsLastGoodVersionRuns() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.write("tags/filler.csv", TAGS.replace("temperature,t,", "temperature,?,") + "press-1,new,?,r,1s,,,\n");
        await().until(() -> bench.status("filler").problems().size() == 2);
        String file = etc.getFileName() + "/tags/filler.csv";
        assertThat(bench.status("filler").problems())
                .containsExactly(
                        file + ", line 2, column address: '?' is no place of the memory; its last good row runs",
                        file + ", line 4, column address: '?' is no place of the memory");
        int seen = bench.readings(TEMPERATURE).size();
        await().until(() -> bench.readings(TEMPERATURE).size() > seen);
        assertThat(bench.status("filler").tags()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoTagsFileLeavesTheLastGoodSetRunning() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.write("tags/filler.csv", "device;tag;address\n");
        await().until(() -> !bench.status("filler").problems().isEmpty());
        assertThat(bench.status("filler").problems().get(0)).contains("line 1").contains("the last good set runs");
        assertThat(bench.status("filler").tags()).isEqualTo(2);
        assertThat(bench.status("filler").state()).isEqualTo(ConnectorState.RUNNING);
    }

    @Test
    void aBadSettingIsNamedWithFileLineAndKeyAndMendedBySaving() {
        bench.configure("filler", "# the line", "", "port=abc");
        bench.awaitState("filler", ConnectorState.FAILED);
        assertThat(bench.status("filler").reason())
                .isEqualTo(
                        etc.getFileName()
                                + "/io.dinrail.connector.fake~filler.cfg, line 3, key port: 'abc' is no whole number from 1 to 65535");
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.status("filler").problems()).isEmpty();
    }

    @Test
    void aBadSettingLaterLeavesTheLastGoodConfigurationRunningEvenOverAnUpdateOfTheBundle() throws Exception {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.configure("filler", "port=502", "prot=1");
        await().until(() -> !bench.status("filler").problems().isEmpty());
        assertThat(bench.status("filler").problems().get(0))
                .contains("line 2, key prot: the key is unknown; the last good configuration runs");
        assertThat(bench.status("filler").state()).isEqualTo(ConnectorState.RUNNING);
        assertThat(bench.device.opened.get()).isEqualTo(1);

        bench.host.typeWent("fake", bench.device).get();
        bench.host.typeCame("fake", bench.device);
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.status("filler").problems()).hasSize(1);

        bench.configure("filler", "port=502");
        await().until(() -> bench.status("filler").problems().isEmpty());
    }

    @Test
    void aConfigurationIsAppliedAnewOnlyIfItDiffers() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.configure("filler", "# a remark more", "port=502");
        bench.configure("filler", "port=503");
        await().until(() -> bench.device.opened.get() == 2);
        assertThat(bench.device.created.get()).isEqualTo(2);
        await().until(() -> bench.device.open.get() == 1);
    }

    @Test
    void aNameAndATagBelongToOneConnectorOnly() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.write("tags/twin.csv", TAGS);
        bench.configure("twin", "port=502");
        await().until(() -> bench.host.find("twin").isPresent()
                && bench.status("twin").problems().size() == 2);
        assertThat(bench.status("twin").problems().get(0)).contains("is served by the connector filler already");

        CfgSource other = new CfgSource("io.dinrail.connector.other~filler", "filler", Map.of(), Optional.empty());
        bench.host.run(() -> bench.host.configure("other", other));
        await().until(() -> !bench.status("filler").problems().isEmpty());
        assertThat(bench.status("filler").problems().get(0))
                .isEqualTo("configuration io.dinrail.connector.other~filler is refused: the name filler is taken by "
                        + "io.dinrail.connector.fake~filler");
    }

    @Test
    void aDeletedConfigurationIsNoInstanceAnyMore() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.host.run(() -> bench.host.remove("io.dinrail.connector.fake~filler"));
        await().until(() -> bench.host.find("filler").isEmpty() && bench.device.open.get() == 0);
        assertThat(bench.last(TEMPERATURE).quality()).isEqualTo(Quality.bad(Quality.CONFIG_ERROR));
    }

    @Test
    void aSubscribingConnectorIsNotPolledAndRepeatsNothingWhenTagsChange() {
        bench.device.subscribes = true;
        bench.configure("filler", "port=502");
        await().until(() -> !bench.readings(TEMPERATURE).isEmpty());
        bench.device.sink().report(List.of(new SampleSink.Report<>("t", Sample.good(TagValue.of(80.0)))));
        await().until(() -> bench.last(TEMPERATURE).value().equals(Optional.of(TagValue.of(80.0))));
        bench.device.sink().lost("the server said goodbye");
        await().until(() -> bench.kinds().contains(Kind.DEGRADED));
        bench.awaitState("filler", ConnectorState.RUNNING);
        assertThat(bench.device.subscriptions.get()).isEqualTo(2);
    }

    @Test
    void readingsWaitWhileTheBusIsAway() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.busAway.set(true);
        int before = bench.bus.readings().size();
        long counted = bench.status("filler").counters().get("readings");
        await().until(() -> bench.status("filler").counters().get("readings") > counted + 10);
        bench.busAway.set(false);
        await().until(() -> bench.bus.readings().size() > before + 10);
        bench.host.stop("filler");
        bench.awaitState("filler", ConnectorState.STOPPED);
        await().until(() ->
                bench.bus.readings().size() == bench.status("filler").counters().get("readings"));
        assertThat(bench.host.losses()).containsEntry("southbound.backlog-full", 0L);
    }

    @Test
    void fiftyRestartsLeaveNoThreadAndNoOpenConnection() throws Exception {
        bench.configure("filler", "port=502");
        for (int i = 0; i < 50; i++) {
            bench.awaitState("filler", ConnectorState.RUNNING);
            bench.host.typeWent("fake", bench.device).get();
            bench.host.typeCame("fake", bench.device);
        }
        bench.host.typeWent("fake", bench.device).get();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("dinrail-connector-filler")));
        assertThat(bench.device.open.get()).isZero();
        assertThat(bench.device.opened.get()).isEqualTo(bench.device.created.get());
    }

    @Test
    void theHostClosesInTimeEvenIfAConnectorHangs() {
        bench.configure("filler", "port=502");
        bench.awaitState("filler", ConnectorState.RUNNING);
        bench.device.hang = new CountDownLatch(1);
        assertThat(Duration.between(Instant.now(), closed())).isLessThan(Duration.ofSeconds(5));
        assertThat(bench.device.open.get()).isZero();
    }

    private Instant closed() {
        bench.host.close();
        return Instant.now();
    }
}
