package io.dinrail.southbound.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget.Progress;
import io.dinrail.connector.api.ConnectorState;
import io.dinrail.model.api.DeviceId;
import io.dinrail.model.api.TagValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTargetTest {
    private static final DeviceId PRESS = new DeviceId("press-1");
    private static final String PARAMS = "{\"tag\": \"setpoint\", \"value\": 40}";

    @TempDir
    Path etc;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Bench bench;
    private WriteTarget target;

    @BeforeEach
    void begin() {
        bench = new Bench(etc);
        bench.device.memory.put("t", TagValue.of(71.5));
        bench.device.memory.put("s", TagValue.of(20));
        bench.write("tags/filler.csv", Bench.TAGS);
        bench.configure("filler", "readback.wait=5ms");
        bench.awaitState("filler", ConnectorState.RUNNING);
        target = new WriteTarget(bench.tags);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void deliver(CommandState state, String params) {
        Instant now = Instant.now();
        target.deliver(
                new Command("id", PRESS, "write", params, state, "", "me", now, now.plusSeconds(60), now), listener());
    }

    private Progress listener() {
        return new Progress() {
            @Override
            public void reached(CommandState reached, String result) {
                heard.add(reached + " " + result);
            }

            @Override
            public void unreachable(String reason) {
                heard.add("unreachable " + reason);
            }
        };
    }

    @Test
    void aWriteIsReportedAsSentBeforeAndAsSucceededAfter() {
        deliver(CommandState.ACCEPTED, PARAMS);
        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("SENT ", "SUCCEEDED {\"verdict\":\"applied\",\"value\":40}");
    }

    @Test
    void aWriteThatTheDeviceDidNotKeepFails() {
        bench.device.keeps = value -> TagValue.of(20);
        deliver(CommandState.ACCEPTED, PARAMS);
        await().until(() -> heard.size() == 2);
        assertThat(heard.get(1)).startsWith("FAILED {\"verdict\":\"not-kept\",\"value\":20");
    }

    @Test
    void aWriteBeyondTheLimitsIsRejectedAndWasNeverSent() {
        deliver(CommandState.ACCEPTED, "{\"tag\": \"setpoint\", \"value\": 400}");
        assertThat(heard).singleElement().asString().startsWith("REJECTED {\"verdict\":\"refused\"");
    }

    @Test
    void aWriteThatMayHaveBeenSentBeforeIsNotSentAgain() {
        deliver(CommandState.SENT, PARAMS);
        assertThat(heard).singleElement().asString().startsWith("FAILED {\"verdict\":\"unverified\"");
        assertThat(bench.device.written).isEmpty();
    }

    @Test
    void aWriteThatIsHandedOverAgainWhileItIsUnderWayIsDoneOnceAndToldToWhoAskedLast() {
        bench.device.hang = new CountDownLatch(1);
        deliver(CommandState.ACCEPTED, PARAMS);
        await().until(() -> heard.contains("SENT "));
        deliver(CommandState.SENT, PARAMS);
        assertThat(heard).containsExactly("SENT ", "SENT ");
        bench.device.hang.countDown();
        await().until(() -> heard.size() == 3);
        assertThat(heard.get(2)).isEqualTo("SUCCEEDED {\"verdict\":\"applied\",\"value\":40}");
        assertThat(bench.device.written).hasSize(1);
    }

    @Test
    void whoHandsOverAWriteThatIsDoneHearsWhatCameOfIt() {
        deliver(CommandState.ACCEPTED, PARAMS);
        await().until(() -> heard.size() == 2);
        deliver(CommandState.SENT, PARAMS);
        assertThat(heard.subList(1, 3)).containsOnly("SUCCEEDED {\"verdict\":\"applied\",\"value\":40}");
        assertThat(bench.device.written).hasSize(1);
    }

    @Test
    void aWriteThatWasNotSentForWantOfAConnectionCanBeHandedOverAgain() {
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        deliver(CommandState.ACCEPTED, PARAMS);
        assertThat(heard).hasSize(1);
        bench.device.down = false;
        bench.awaitState("filler", ConnectorState.RUNNING);
        deliver(CommandState.ACCEPTED, PARAMS);
        await().until(() -> heard.size() == 3);
        assertThat(heard.get(2)).startsWith("SUCCEEDED");
    }

    @Test
    void withoutAConnectionTheCommandWaits() {
        bench.device.down = true;
        bench.awaitState("filler", ConnectorState.DEGRADED);
        deliver(CommandState.ACCEPTED, PARAMS);
        assertThat(heard).singleElement().asString().startsWith("unreachable the connector filler is not connected");
    }

    @Test
    void aDeviceWhoseTagsAreStillToComeIsServedAlreadyAndItsCommandsWait() {
        bench.write("tags/mixer.csv", Bench.HEADER + "mixer-1,speed,t,rw,20ms,,,\n");
        bench.host.run(() -> bench.host.configure(
                "absent", CfgSource.of("io.dinrail.connector.absent~mixer", new Hashtable<>(Map.of("port", "1")))));
        DeviceId mixer = new DeviceId("mixer-1");
        await().until(() -> target.serves(mixer, "write"));
        String params = "{\"tag\": \"speed\", \"value\": 1}";
        assertThatThrownBy(() -> target.check(mixer, "write", params))
                .hasMessage("the connector mixer has not read its tags yet: try again when it runs");
        Instant now = Instant.now();
        target.deliver(
                new Command("m", mixer, "write", params, CommandState.ACCEPTED, "", "me", now, now.plusSeconds(9), now),
                listener());
        assertThat(heard)
                .containsExactly("unreachable the connector mixer has not read its tags yet: try again when it runs");
    }

    @Test
    void onlyWritesToConnectedDevicesAreServed() {
        assertThat(target.serves(PRESS, "write")).isTrue();
        assertThat(target.serves(PRESS, "reboot")).isFalse();
        assertThat(target.serves(new DeviceId("other"), "write")).isFalse();
    }

    @Test
    void whatCanNotBeDoneIsRefusedAtOnce() {
        assertThatCode(() -> target.check(PRESS, "write", PARAMS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> target.check(PRESS, "write", "{\"tag\": \"nothing\", \"value\": 1}"))
                .hasMessage("device press-1 has no tag 'nothing' that a connector serves");
        assertThatThrownBy(() -> target.check(PRESS, "write", "{\"tag\": \"temperature\", \"value\": 1}"))
                .hasMessage("the tag press-1/temperature is read-only");
        assertThatThrownBy(() -> target.check(PRESS, "write", "{\"tag\": 5}"))
                .hasMessageContaining("the params of a write are");
        assertThatThrownBy(() -> target.check(PRESS, "write", "{")).hasMessageContaining("line 1, column");
        assertThatThrownBy(() -> target.check(PRESS, "write", "{\"tag\": \"a/b\", \"value\": 1}"))
                .hasMessageContaining("tag name 'a/b' is refused");
    }
}
