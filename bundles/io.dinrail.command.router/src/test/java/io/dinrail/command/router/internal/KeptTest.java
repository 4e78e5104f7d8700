package io.dinrail.command.router.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandState;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.model.api.DeviceId;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to commands when the platform or the store goes away and comes back, and under many senders. */
class KeptTest {
    @Test
    void openCommandsSurviveACrashInOrderWithTheirState(@TempDir Path folder) throws Exception {
        JdbcConnectionPool before = open(folder.resolve("before"));
        runScript(before);
        Desk desk = new Desk(before);
        FakeTarget target = desk.with(new FakeTarget(FakeTarget.SUCCEEDS));
        Command done = desk.send("done");
        desk.router.await(done.id(), Duration.ofSeconds(10));
        target.behaviour = FakeTarget.SENDS;
        Command sent = desk.send("sent");
        desk.becomes(sent, CommandState.SENT);
        target.behaviour = FakeTarget.IS_AWAY;
        Command waiting = desk.send("waiting");
        Command late = desk.router.send(Desk.PRESS, "late", "{}", "test", Duration.ofMinutes(1));
        Files.copy(folder.resolve("before.mv.db"), folder.resolve("after.mv.db")); // what kill -9 leaves
        desk.router.stop();
        before.dispose();

        JdbcConnectionPool after = open(folder.resolve("after"));
        Desk restarted = new Desk(after, new ManualClock(Desk.NOON.plusSeconds(120)), 100, 100);
        FakeTarget again = restarted.with(new FakeTarget(FakeTarget.SENDS));
        restarted.becomes(waiting, CommandState.SENT);
        restarted.becomes(late, CommandState.EXPIRED);

        assertThat(again.delivered()).containsExactly(sent.id(), waiting.id());
        assertThat(again.deliveries)
                .extracting(delivery -> delivery.command().state())
                .containsExactly(CommandState.SENT, CommandState.ACCEPTED);
        assertThat(restarted.router.open()).isEqualTo(2);
        assertThat(restarted.router.find(done.id())).map(Command::state).contains(CommandState.SUCCEEDED);
        restarted.router.stop();
        after.dispose();
    }

    @Test
    void aCommandThatCannotBeKeptIsNotTaken() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Desk desk = new Desk(database.dataSource());
            FakeTarget target = desk.with(new FakeTarget(FakeTarget.SENDS));
            desk.store.fail();

            assertThatThrownBy(() -> desk.send("one"))
                    .hasMessage("the command was not kept: the store can't be written: No space left on device")
                    .extracting(e -> ((CommandException) e).reason())
                    .isEqualTo(CommandException.Reason.STORE);
            desk.store.mend();

            assertThat(desk.router.open()).isZero();
            desk.becomes(desk.send("two"), CommandState.SENT);
            assertThat(target.deliveries).hasSize(1);
            desk.router.stop();
        }
    }

    @Test
    void progressThatCannotBeKeptIsKeptWhenTheStoreReturns() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Desk desk = new Desk(database.dataSource());
            FakeTarget target = desk.with(new FakeTarget(FakeTarget.SENDS));
            Command command = desk.send("one");
            desk.becomes(command, CommandState.SENT);
            desk.store.fail();
            target.last().reached(CommandState.ACKNOWLEDGED, "");
            target.last().reached(CommandState.SUCCEEDED, "{\"n\":1}");
            desk.eventually(() -> assertThat(desk.store.refused()).isPositive());
            assertThat(desk.events(command)).containsExactly("ACCEPTED", "SENT");
            assertThat(desk.router.open()).isOne();

            desk.store.mend();
            desk.passes(Duration.ofSeconds(60));

            Command done = desk.router.await(command.id(), Duration.ofSeconds(10));
            assertThat(done.state()).isEqualTo(CommandState.SUCCEEDED);
            assertThat(done.result()).isEqualTo("{\"n\":1}");
            desk.eventually(() -> assertThat(desk.events(command)).endsWith("SUCCEEDED"));
            desk.router.stop();
        }
    }

    @Test
    void manySendersKeepTheOrderOfEveryDevice() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Desk desk = new Desk(database.dataSource());
            FakeTarget target = desk.with(new FakeTarget(FakeTarget.SUCCEEDS));
            ExecutorService senders = Executors.newFixedThreadPool(8);
            List<Callable<List<Command>>> work = IntStream.range(0, 8)
                    .<Callable<List<Command>>>mapToObj(sender -> () -> sendMany(desk, sender))
                    .toList();

            List<Command> sent = new ArrayList<>();
            for (Future<List<Command>> batch : senders.invokeAll(work)) {
                sent.addAll(batch.get());
            }
            for (Command command : sent) {
                assertThat(desk.router
                                .await(command.id(), Duration.ofSeconds(30))
                                .state())
                        .isEqualTo(CommandState.SUCCEEDED);
            }
            senders.shutdownNow();

            assertThat(target.deliveries).hasSize(1_600);
            assertThat(byDevice(target.deliveries.stream()
                            .map(FakeTarget.Delivery::command)
                            .toList()))
                    .isEqualTo(inOrderOfTheStore(database));
            assertThat(desk.router.open()).isZero();
            desk.eventually(
                    () -> assertThat(desk.bus.events(CommandChanged.class)).hasSize(3 * 1_600));
            sent.forEach(command -> assertThat(desk.events(command)).containsExactly("ACCEPTED", "SENT", "SUCCEEDED"));
            desk.router.stop();
        }
    }

    @Test
    void theThreadEndsWithTheRouter() throws Exception {
        try (MemoryStore database = new MemoryStore()) {
            Desk desk = new Desk(database.dataSource());
            desk.with(new FakeTarget(FakeTarget.SENDS));
            desk.becomes(desk.send("one"), CommandState.SENT);

            desk.router.stop();

            desk.eventually(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("dinrail-commands"));
        }
    }

    private static List<Command> sendMany(Desk desk, int sender) throws CommandException {
        List<Command> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            DeviceId device = new DeviceId("press-" + (sender + i) % 10);
            sent.add(desk.router.send(device, "one", "{\"n\":" + i + "}", "sender " + sender, Desk.HOUR));
        }
        return sent;
    }

    private static Map<DeviceId, List<String>> byDevice(List<Command> commands) {
        return commands.stream()
                .collect(Collectors.groupingBy(Command::device, Collectors.mapping(Command::id, Collectors.toList())));
    }

    private static Map<DeviceId, List<String>> inOrderOfTheStore(MemoryStore database) throws Exception {
        List<Command> newestFirst = new CommandTable(database.dataSource()).newest(1_600);
        List<Command> oldestFirst = new ArrayList<>();
        newestFirst.forEach(command -> oldestFirst.add(0, command));
        return byDevice(oldestFirst);
    }

    private static JdbcConnectionPool open(Path file) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + file + ";WRITE_DELAY=0", "sa", "");
    }

    private static void runScript(JdbcConnectionPool store) throws Exception {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "RUNSCRIPT FROM '" + Path.of("target/classes/db/V1.sql").toUri() + "'");
        }
    }
}
