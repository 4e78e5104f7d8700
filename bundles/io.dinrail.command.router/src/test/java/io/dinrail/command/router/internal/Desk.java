package io.dinrail.command.router.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.model.api.DeviceId;
import io.dinrail.testkit.FailingStore;
import io.dinrail.testkit.ManualClock;
import io.dinrail.testkit.RecordingBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A router on a store that can fail, with a clock to turn. */
final class Desk {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final DeviceId PRESS = new DeviceId("press-1");
    static final Duration HOUR = Duration.ofHours(1);

    final RecordingBus bus = new RecordingBus();
    final ManualClock clock;
    final FailingStore store;
    final StoredRouter router;

    Desk(DataSource store) throws SQLException {
        this(store, new ManualClock(NOON), 100_000, 100_000);
    }

    Desk(DataSource store, ManualClock clock, int mostOpen, int finalKept) throws SQLException {
        this.store = new FailingStore(store);
        this.clock = clock;
        router = new StoredRouter(this.store, bus, clock, mostOpen, finalKept);
    }

    FakeTarget with(FakeTarget target) {
        router.add(target, Map.of("service.id", 1L));
        return target;
    }

    void with(CommandTarget target, int ranking) {
        router.add(target, Map.of("service.ranking", ranking, "service.id", 2L));
    }

    Command send(String type) throws CommandException {
        return router.send(PRESS, type, "{}", "test", HOUR);
    }

    void passes(Duration time) {
        clock.advance(time);
        router.wake();
    }

    void becomes(Command command, CommandState state) {
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(router.find(command.id()))
                        .map(Command::state)
                        .isEqualTo(Optional.of(state)));
    }

    void eventually(Runnable assertion) {
        await().pollInterval(Duration.ofMillis(5)).untilAsserted(assertion::run);
    }

    List<String> events(Command command) {
        return bus.events(CommandChanged.class).stream()
                .filter(event -> event.id().equals(command.id()))
                .map(CommandChanged::state)
                .toList();
    }
}
