package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.connector.api.ConnectorState;
import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.model.api.Severity;
import io.dinrail.model.api.TagId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmsAndMethodsTest {
    private static final TagId ALARMS = TagId.of("press-1", "alarms");
    private static final TagId RESET = TagId.of("press-1", "reset");
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    @TempDir
    Path etc;

    private Bench bench;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.subscribes = true;
        bench.device.memory.put("t", TagValue.of(1));
        bench.write(
                "tags/press.csv",
                Bench.HEADER
                        + "press-1,t,t,r,20ms,,,\npress-1,alarms,notifier,r,1s,alarms,,\npress-1,reset,m,w,1s,method,,\n");
        bench.configure("press", "backoff.max=50ms");
        bench.awaitState("press", ConnectorState.RUNNING);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void alarm(String condition, boolean active) {
        bench.device
                .sink()
                .alarm(
                        "notifier",
                        new DeviceAlarm(condition, "Feeder", Severity.MAJOR, "jam", active, false, Instant.EPOCH));
    }

    @Test
    void alarmsOfADeviceReachThePlatformInOrder() {
        alarm("jam", true);
        alarm("door", true);
        alarm("jam", false);
        bench.device.sink().alarmsComplete("notifier");
        await().until(() -> bench.alerts.told.size() == 4);
        assertThat(bench.alerts.told)
                .containsExactly("jam stands", "door stands", "jam is gone", "of press-1/alarms stand [door]");
        assertThat(bench.readings(ALARMS)).as("it has no value").isEmpty();
        assertThat(bench.status("press").bad()).isZero();
    }

    @Test
    void whatStoodBeforeAnOutageIsToldAnew() {
        alarm("jam", true);
        await().until(() -> bench.alerts.told.size() == 1);
        bench.device.sink().lost("the line broke");
        await().until(() -> bench.device.subscriptions.get() == 2);
        bench.awaitState("press", ConnectorState.RUNNING);
        bench.device.sink().alarmsComplete("notifier");
        await().until(() -> bench.alerts.told.contains("of press-1/alarms stand []"));
    }

    @Test
    void whileTheStoreFailsAlarmsWait() {
        bench.alerts.storeFails = true;
        alarm("jam", true);
        alarm("jam", false);
        bench.alerts.storeFails = false;
        await().until(() -> bench.alerts.told.size() == 2);
        assertThat(bench.host.losses()).containsEntry("southbound.alarms-full", 0L);
    }

    @Test
    void anAcknowledgementIsPassedBackNowOrWhenTheDeviceIsBack() {
        bench.tags.acknowledge(ALARMS, "jam", "seen");
        await().until(() -> bench.device.called.contains("notifier jam seen"));
        bench.device.down = true;
        bench.device.sink().lost("the line broke");
        bench.awaitState("press", ConnectorState.DEGRADED);
        bench.tags.acknowledge(ALARMS, "door", "later");
        bench.device.down = false;
        await().until(() -> bench.device.called.contains("notifier door later"));
    }

    @Test
    void aMethodIsCalledAndIsNeitherReadNorWritten() throws Exception {
        List<TagValue> arguments = List.of(TagValue.of(7), TagValue.of("all"));
        assertThat(bench.tags
                        .call(RESET, arguments, LATER, () -> {})
                        .toCompletableFuture()
                        .get())
                .isEqualTo(arguments);
        assertThat(bench.device.called).containsExactly("m[7, all]");
        assertThatThrownBy(() -> bench.tags
                        .write(RESET, TagValue.of(1), LATER)
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("has no value: it is of type method");
        assertThatThrownBy(() -> bench.tags.checkCallable(ALARMS)).hasMessageContaining("is no method");
        assertThat(bench.readings(RESET)).isEmpty();
    }

    @Test
    void aCallThatIsRefusedOrTooLateSaysSo() {
        bench.device.refusesWrites = "Bad_NotExecutable";
        assertThatThrownBy(() -> bench.tags
                        .call(RESET, List.of(), LATER, () -> {})
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("Bad_NotExecutable");
        assertThatThrownBy(() -> bench.tags
                        .call(RESET, List.of(), Instant.EPOCH, () -> {})
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("expired");
    }
}
