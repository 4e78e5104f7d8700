package io.dinrail.command.router.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.command.api.CommandWaker;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.LossCounter;
import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps commands in the store and sees them through on one thread, {@code dinrail-commands}. */
@Component(
        immediate = true,
        service = {StoredRouter.class, CommandRouter.class, CommandWaker.class, LossCounter.class})
public final class StoredRouter implements CommandRouter, CommandWaker, LossCounter {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRouter.class);
    private static final int MOST_OPEN = 100_000;
    private static final int FINAL_KEPT = 100_000;
    private static final int MOST_LISTED = 1_000;
    private static final int OVERDUE_STEP = 200;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final long LAST_SAVING = TimeUnit.SECONDS.toNanos(1);

    private final Targets targets = new Targets();
    private final AtomicReference<Optional<DeviceRegister>> devices = new AtomicReference<>(Optional.empty());
    private final Clock clock;
    private final CommandTable commands;
    private final OpenOrders open;
    private final Outbox outbox;
    private final Ticker ticker;
    private final Keeper keeper;
    private final Hearing hearing;
    private final Courier courier;
    private final Intake intake;
    private final Retention retention;

    @Activate
    public StoredRouter(@Reference(target = "(dinrail.schema=command)") DataSource store, @Reference EventAdmin events)
            throws SQLException {
        this(store, events, Clock.systemUTC(), MOST_OPEN, FINAL_KEPT);
    }

    StoredRouter(DataSource store, EventAdmin events, Clock clock, int mostOpen, int finalKept) throws SQLException {
        this.clock = clock;
        commands = new CommandTable(store);
        open = new OpenOrders(mostOpen);
        outbox = new Outbox(events);
        ticker = new Ticker("dinrail-commands", clock, this::tick);
        keeper = new Keeper(open, commands, outbox, clock, ticker);
        hearing = new Hearing(open, keeper, clock, this::call);
        courier = new Courier(open, commands, targets, clock, ticker, hearing);
        intake = new Intake(open, commands, targets, devices::get, outbox, clock);
        retention = new Retention(commands, finalKept);
        commands.open().forEach(open::restore);
        ticker.execute(this::tick);
    }

    @Deactivate
    public void stop() {
        ticker.stop();
        int unsaved = keeper.finish(LAST_SAVING);
        if (unsaved > 0) {
            LOG.error("the newest state of {} commands could not be kept: they are handed over again", unsaved);
        }
    }

    void add(CommandTarget target, Map<String, ?> properties) {
        targets.add(target, properties);
        courier.callAll();
    }

    void remove(CommandTarget target) {
        targets.remove(target);
        courier.callAll();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDevices(DeviceRegister register) {
        devices.set(Optional.of(register));
    }

    void unbindDevices(DeviceRegister register) {
        devices.getAndUpdate(known -> known.filter(other -> other != register));
    }

    @Override
    public Command send(DeviceId device, String type, String params, String by, Duration expires)
            throws CommandException {
        try {
            Command command = intake.take(device, type, params, by, expires);
            ticker.wakeAt(command.expiresAt());
            open.existingLane(device).ifPresent(courier::call);
            return command;
        } finally {
            outbox.send();
        }
    }

    @Override
    public List<Command> list() {
        try {
            return commands.newest(MOST_LISTED);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<Command> find(String id) {
        try {
            return commands.find(id);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Command await(String id, Duration longest) throws InterruptedException, CommandException {
        if (Thread.interrupted()) {
            throw new InterruptedException(); // not in the middle of the store, where it would close the database's
            // file
        }
        Optional<Order> order = open.find(id);
        if (order.isPresent()) {
            order.get().closed.await(TimeUnit.NANOSECONDS.convert(longest), TimeUnit.NANOSECONDS);
        }
        return find(id).orElseThrow(() -> new CommandException(
                CommandException.Reason.UNKNOWN, "command " + id + " is unknown: see dinrail:command-list"));
    }

    @Override
    public int open() {
        return open.count();
    }

    @Override
    public void reachable(DeviceId device) {
        open.existingLane(device).ifPresent(lane -> {
            lane.reachable.set(true);
            courier.call(lane);
        });
    }

    @Override
    public void answered(DeviceId device, String id, CommandState state, String result) {
        hearing.answered(device, id, state, result);
    }

    @Override
    public Map<String, Long> losses() {
        return hearing.losses();
    }

    /** Has everything done that is due; a test that turned the clock calls it. */
    void wake() {
        ticker.execute(this::tick);
    }

    private void tick() {
        Instant now = clock.instant();
        List<Order> overdue = open.overdue(now, OVERDUE_STEP);
        overdue.forEach(order -> hearing.overdue(order, now));
        keeper.work();
        courier.retry(now);
        boolean more = retention.purge(keeper.closed()) || overdue.size() == OVERDUE_STEP;
        Stream.of(
                        open.nextDeadline(),
                        courier.nextRetry(),
                        more ? Optional.of(now.plus(SOON)) : Optional.<Instant>empty())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .ifPresent(ticker::wakeAt);
    }

    private void call(Lane lane) {
        courier.call(lane);
    }

    private static IllegalStateException unreadable(SQLException cause) {
        return new IllegalStateException("the commands can't be read: " + StoreTrouble.sentence(cause), cause);
    }
}
