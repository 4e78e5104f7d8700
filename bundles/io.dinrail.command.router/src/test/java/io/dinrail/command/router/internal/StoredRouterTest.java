package io.dinrail.command.router.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandException.Reason;
import io.dinrail.command.api.CommandState;
import io.dinrail.device.api.Device;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.model.api.DeviceId;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredRouterTest {
    private final MemoryStore database = new MemoryStore();
    private Desk desk;

    @BeforeEach
    void start() throws Exception {
        desk = new Desk(database.dataSource());
    }

    @AfterEach
    void stop() {
        desk.router.stop();
        database.close();
    }

    @Test
    void aCommandIsKeptHandedOverAndFollowedToItsEnd() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SUCCEEDS));

        Command sent = desk.router.send(Desk.PRESS, "write", "{ \"tag\" : \"setpoint\" }", "shell", Desk.HOUR);
        Command done = desk.router.await(sent.id(), Duration.ofSeconds(10));

        assertThat(sent.state()).isEqualTo(CommandState.ACCEPTED);
        assertThat(sent.params()).isEqualTo("{\"tag\":\"setpoint\"}");
        assertThat(done.state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(done.result()).isEqualTo("{\"verdict\": \"applied\"}");
        assertThat(done).isEqualTo(desk.router.list().get(0));
        assertThat(target.deliveries.get(0).command()).isEqualTo(sent);
        desk.eventually(() -> assertThat(desk.events(sent)).containsExactly("ACCEPTED", "SENT", "SUCCEEDED"));
        assertThat(desk.router.open()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no type  | {}            | shell | PT1H   | type: 1 to 64
                    reboot   | []            | shell | PT1H   | params: line 1, column 1: a JSON object is expected
                    reboot   | {             | shell | PT1H   | params: line 1, column
                    reboot   | {}            | ' '   | PT1H   | sender: 1 to 128
                    reboot   | {}            | shell | PT0S   | expires: must be above zero
                    reboot   | {}            | shell | P31D   | expires: must be above zero and at most 30 days
                    reboot   | {"nonsense":1}| shell | PT1H   | tag nonsense is unknown
                    unserved | {}            | shell | PT1H   | nothing on this platform serves commands of type unserved to device press-1""")
    void whatIsMalformedOrNotServedIsRefused(String type, String params, String by, Duration expires, String why) {
        desk.with(new FakeTarget(FakeTarget.SENDS));

        assertThatThrownBy(() -> desk.router.send(Desk.PRESS, type, params, by, expires))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(why)
                .extracting(e -> ((CommandException) e).reason())
                .isEqualTo(Reason.REFUSED);
        assertThat(desk.router.list()).isEmpty();
        assertThat(desk.router.open()).isZero();
    }

    @Test
    void parametersAreBounded() {
        desk.with(new FakeTarget(FakeTarget.SENDS));

        assertThatThrownBy(() -> desk.router.send(
                        Desk.PRESS, "reboot", "{\"a\":\"" + "ä".repeat(40_000) + "\"}", "shell", Desk.HOUR))
                .hasMessage("params: at most 64 KiB");
    }

    @Test
    void anUnknownDeviceIsRefusedWhereThereIsARegister() throws Exception {
        desk.with(new FakeTarget(FakeTarget.SENDS));
        DeviceRegister empty = new EmptyRegister();
        desk.router.bindDevices(empty);

        assertThatThrownBy(() -> desk.send("reboot"))
                .hasMessage("device press-1 is unknown: see dinrail:device-list")
                .extracting(e -> ((CommandException) e).reason())
                .isEqualTo(Reason.UNKNOWN);

        desk.router.unbindDevices(empty);
        assertThat(desk.send("reboot").state()).isEqualTo(CommandState.ACCEPTED);
    }

    @Test
    void theTargetOfTheHighestRankingGetsTheCommand() throws Exception {
        FakeTarget fallback = desk.with(new FakeTarget(FakeTarget.SENDS));
        FakeTarget better = new FakeTarget(FakeTarget.SENDS);
        desk.with(better, 10);

        Command command = desk.send("reboot");

        desk.becomes(command, CommandState.SENT);
        assertThat(better.delivered()).containsExactly(command.id());
        assertThat(fallback.deliveries).isEmpty();
    }

    @Test
    void theNextCommandWaitsUntilTheOneBeforeItIsHandedOver() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SAYS_NOTHING));
        Command first = desk.send("one");
        Command second = desk.send("two");
        desk.eventually(() -> assertThat(target.delivered()).containsExactly(first.id()));

        target.last().reached(CommandState.SENT, "");

        desk.eventually(() -> assertThat(target.delivered()).containsExactly(first.id(), second.id()));
    }

    @Test
    void sentIsInTheStoreWhenTheTargetGoesOn() throws Exception {
        CompletableFuture<Optional<CommandState>> seen = new CompletableFuture<>();
        desk.with(new FakeTarget((command, progress) -> {
            progress.reached(CommandState.SENT, "");
            seen.complete(desk.router.find(command.id()).map(Command::state));
        }));

        desk.send("write");

        assertThat(seen.get(10, TimeUnit.SECONDS)).contains(CommandState.SENT);
    }

    @Test
    void aCommandToADeviceThatIsAwayWaitsAndGoesWhenItCanBeReached() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.IS_AWAY));
        Command first = desk.send("one");
        Command second = desk.send("two");
        desk.eventually(() -> assertThat(target.returned).hasValue(1));
        assertThat(desk.router.find(first.id())).map(Command::state).contains(CommandState.ACCEPTED);

        target.behaviour = FakeTarget.SENDS;
        desk.clock.advance(Duration.ofSeconds(1));
        desk.router.reachable(Desk.PRESS);

        desk.becomes(second, CommandState.SENT);
        assertThat(target.delivered()).containsExactly(first.id(), first.id(), second.id());
    }

    @Test
    void aDeviceThatIsAwayIsTriedAgainAfterHalfAMinute() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.IS_AWAY));
        Command command = desk.router.send(Desk.PRESS, "one", "{}", "test", Duration.ofDays(30));
        desk.eventually(() -> assertThat(target.returned).hasValue(1));
        target.behaviour = FakeTarget.SENDS;

        desk.eventually(() -> {
            desk.passes(Duration.ofSeconds(30)); // the first attempt may only now be ending
            assertThat(target.deliveries).hasSize(2);
        });

        desk.becomes(command, CommandState.SENT);
    }

    @Test
    void aTargetThatAppearsGetsWhatWaits() throws Exception {
        FakeTarget away = desk.with(new FakeTarget(FakeTarget.IS_AWAY));
        Command command = desk.send("one");
        desk.eventually(() -> assertThat(away.returned).hasValue(1));
        FakeTarget better = new FakeTarget(FakeTarget.SENDS);

        desk.with(better, 1);

        desk.becomes(command, CommandState.SENT);
        assertThat(better.deliveries).hasSize(1);
    }

    @Test
    void whatATargetHadThatIsGoneGoesToTheNextOneWithItsState() throws Exception {
        FakeTarget old = desk.with(new FakeTarget(FakeTarget.SENDS));
        FakeTarget bystander = new FakeTarget(FakeTarget.SENDS);
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);

        desk.with(bystander, 1);
        assertThat(bystander.deliveries).isEmpty();
        desk.router.remove(old);

        desk.eventually(() -> assertThat(bystander.deliveries).hasSize(1));
        assertThat(bystander.deliveries.get(0).command().state()).isEqualTo(CommandState.SENT);
    }

    @Test
    void aCommandDoesNotFallToALesserTargetWhileItsOwnIsExchanged() throws Exception {
        FakeTarget lesser = desk.with(new FakeTarget(FakeTarget.SENDS));
        FakeTarget old = new FakeTarget(FakeTarget.SENDS);
        desk.with(old, 10);
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);

        desk.router.remove(old);
        FakeTarget updated = new FakeTarget(FakeTarget.SENDS);
        desk.with(updated, 10);

        desk.eventually(() -> assertThat(updated.delivered()).containsExactly(command.id()));
        assertThat(lesser.deliveries).isEmpty();
    }

    @Test
    void aSentCommandIsSentAgainWhenTheDeviceReturnsButNotAnAcknowledgedOne() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SENDS));
        Command acknowledged = desk.send("one");
        Command sent = desk.send("two");
        desk.becomes(sent, CommandState.SENT);
        desk.router.answered(Desk.PRESS, acknowledged.id(), CommandState.ACKNOWLEDGED, "");
        desk.becomes(acknowledged, CommandState.ACKNOWLEDGED);

        desk.router.reachable(Desk.PRESS);

        desk.eventually(() -> assertThat(target.delivered()).containsExactly(acknowledged.id(), sent.id(), sent.id()));
        assertThat(desk.events(sent)).containsExactly("ACCEPTED", "SENT");
    }

    @Test
    void aCommandThatIsNotAnsweredInTimeExpires() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SENDS));
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);

        desk.passes(Desk.HOUR);

        desk.becomes(command, CommandState.EXPIRED);
        assertThat(desk.router.find(command.id()).orElseThrow().result())
                .isEqualTo("{\"reason\":\"it was handed over, and not answered in time\"}");
        target.last().reached(CommandState.SUCCEEDED, "");
        desk.router.answered(Desk.PRESS, command.id(), CommandState.SUCCEEDED, "");
        assertThat(desk.router.losses())
                .containsEntry("commands.ignored-reports", 1L)
                .containsEntry("commands.ignored-answers", 1L);
        assertThat(desk.events(command)).containsExactly("ACCEPTED", "SENT", "EXPIRED");
    }

    @Test
    void anExpiredCommandIsNeverHandedOver() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.IS_AWAY));
        Command command = desk.send("one");
        desk.eventually(() -> assertThat(target.deliveries).hasSize(1));

        desk.clock.advance(Desk.HOUR);
        desk.router.reachable(Desk.PRESS);
        desk.router.wake();

        desk.becomes(command, CommandState.EXPIRED);
        assertThat(desk.router.find(command.id()).orElseThrow().result())
                .isEqualTo("{\"reason\":\"it could not be handed over in time: it is away\"}");
        assertThat(target.deliveries).hasSize(1);
    }

    @Test
    void anAcknowledgedCommandHasADayMore() throws Exception {
        desk.with(new FakeTarget(FakeTarget.SENDS));
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);
        desk.router.answered(Desk.PRESS, command.id(), CommandState.ACKNOWLEDGED, "");
        desk.becomes(command, CommandState.ACKNOWLEDGED);

        desk.passes(Desk.HOUR);
        Command marker = desk.send("marker"); // once this one is out, the turned clock has been looked at
        desk.becomes(marker, CommandState.SENT);
        desk.becomes(command, CommandState.ACKNOWLEDGED);
        desk.passes(Duration.ofHours(24));

        desk.becomes(command, CommandState.FAILED);
    }

    @Test
    void aCommandOnlyGoesForward() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SENDS));
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);
        desk.router.answered(Desk.PRESS, command.id(), CommandState.ACKNOWLEDGED, "");
        desk.becomes(command, CommandState.ACKNOWLEDGED);

        target.last().reached(CommandState.DELIVERED, "");
        desk.router.answered(Desk.PRESS, command.id(), CommandState.SUCCEEDED, "not JSON");

        Command done = desk.router.await(command.id(), Duration.ofSeconds(10));
        assertThat(done.result()).isEqualTo("{\"text\":\"not JSON\"}");
        desk.eventually(() ->
                assertThat(desk.events(command)).containsExactly("ACCEPTED", "SENT", "ACKNOWLEDGED", "SUCCEEDED"));
    }

    @Test
    void anotherDevicesAnswerIsIgnoredAndCounted() throws Exception {
        desk.with(new FakeTarget(FakeTarget.SENDS));
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);

        desk.router.answered(new DeviceId("press-2"), command.id(), CommandState.SUCCEEDED, "");
        desk.router.answered(Desk.PRESS, "no such command", CommandState.SUCCEEDED, "");

        assertThat(desk.router.losses()).containsEntry("commands.ignored-answers", 2L);
        desk.becomes(command, CommandState.SENT);
    }

    @Test
    void aTargetThatThrowsIsTriedAgain() throws Exception {
        FakeTarget target = desk.with(new FakeTarget((command, progress) -> {
            throw new IllegalStateException("a defect");
        }));
        Command command = desk.router.send(Desk.PRESS, "one", "{}", "test", Duration.ofDays(30));
        desk.eventually(() -> assertThat(target.returned).hasValue(1));
        target.behaviour = FakeTarget.SENDS;

        desk.eventually(() -> {
            desk.passes(Duration.ofSeconds(30));
            assertThat(target.deliveries).hasSize(2);
        });

        desk.becomes(command, CommandState.SENT);
    }

    @Test
    void aDeviceThatComesBackWhileAnAttemptFailsIsTriedAgainSoon() throws Exception {
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SAYS_NOTHING));
        Command command = desk.send("one");
        desk.eventually(() -> assertThat(target.returned).hasValue(1));
        desk.router.reachable(Desk.PRESS);
        target.behaviour = FakeTarget.SENDS;

        target.last().unreachable("it was away");
        desk.eventually(() -> {
            desk.passes(Duration.ofSeconds(1));
            assertThat(target.deliveries).hasSize(2);
        });

        desk.becomes(command, CommandState.SENT);
    }

    @Test
    void whoWaitsForACommandIsToldWhatItHasComeTo() throws Exception {
        desk.with(new FakeTarget(FakeTarget.SENDS));
        Command command = desk.send("one");
        desk.becomes(command, CommandState.SENT);

        assertThat(desk.router.await(command.id(), Duration.ofMillis(1)).state())
                .isEqualTo(CommandState.SENT);
        assertThatThrownBy(() -> desk.router.await("x", Duration.ofMillis(1)))
                .hasMessage("command x is unknown: see dinrail:command-list");
    }

    @Test
    void whatIsTooMuchForADeviceOrThePlatformIsRefused() throws Exception {
        desk.with(new FakeTarget(FakeTarget.SAYS_NOTHING));
        for (int i = 0; i < 1_000; i++) {
            desk.send("one");
        }

        assertThatThrownBy(() -> desk.send("one"))
                .hasMessage("device press-1 has 1000 open commands: wait until some are done")
                .extracting(e -> ((CommandException) e).reason())
                .isEqualTo(Reason.FULL);
        assertThat(desk.router.open()).isEqualTo(1_000);
        assertThat(desk.router.list()).hasSize(1_000);
    }

    @Test
    void thePlatformsOwnBoundIsGivenBackWhenCommandsEnd() throws Exception {
        try (MemoryStore other = new MemoryStore()) {
            Desk small = new Desk(other.dataSource(), new ManualClock(Desk.NOON), 1, 5);
            FakeTarget target = small.with(new FakeTarget(FakeTarget.SENDS));
            Command command = small.send("one");
            assertThatThrownBy(() -> small.send("two"))
                    .hasMessage("too many commands are open on this platform: wait until some are done");
            small.becomes(command, CommandState.SENT);
            target.last().reached(CommandState.SUCCEEDED, "");
            small.router.await(command.id(), Duration.ofSeconds(10));

            assertThat(small.send("two").state()).isEqualTo(CommandState.ACCEPTED);
            small.router.stop();
        }
    }

    @Test
    void onlyTheNewestFinalCommandsAreKept() throws Exception {
        try (MemoryStore other = new MemoryStore()) {
            Desk small = new Desk(other.dataSource(), new ManualClock(Desk.NOON), 10_000, 5);
            small.with(new FakeTarget(FakeTarget.SUCCEEDS));
            for (int i = 0; i < 1_100; i++) {
                Command command = small.send("one");
                small.router.await(command.id(), Duration.ofSeconds(10));
            }

            small.eventually(() -> {
                small.passes(Duration.ofSeconds(1));
                assertThat(small.router.list()).hasSizeLessThan(150);
            });
            small.router.stop();
        }
    }

    private static final class EmptyRegister implements DeviceRegister {
        @Override
        public List<Device> list() {
            return List.of();
        }

        @Override
        public Optional<Device> find(DeviceId id) {
            return Optional.empty();
        }

        @Override
        public List<DeviceId> behind(DeviceId gateway) {
            return List.of();
        }

        @Override
        public Device add(
                DeviceId id,
                Optional<String> fleet,
                Optional<DeviceId> gateway,
                Optional<String> type,
                Optional<String> site) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public Device change(
                DeviceId id,
                Optional<String> fleet,
                Optional<DeviceId> gateway,
                Optional<String> type,
                Optional<String> site) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void remove(DeviceId id) {}
    }
}
