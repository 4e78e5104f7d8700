package io.dinrail.command.router.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandException.Reason;
import io.dinrail.command.api.CommandState;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.CommandChanged;
import io.dinrail.model.api.DeviceId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes a command or refuses it; safe for use by many threads. */
final class Intake {
    private static final int MOST_OF_A_DEVICE = 1_000;

    private final OpenOrders open;
    private final CommandTable commands;
    private final Targets targets;
    private final Supplier<Optional<DeviceRegister>> devices;
    private final Outbox outbox;
    private final Clock clock;

    Intake(
            OpenOrders open,
            CommandTable commands,
            Targets targets,
            Supplier<Optional<DeviceRegister>> devices,
            Outbox outbox,
            Clock clock) {
        this.open = open;
        this.commands = commands;
        this.targets = targets;
        this.devices = devices;
        this.outbox = outbox;
        this.clock = clock;
    }

    Command take(DeviceId device, String type, String params, String by, Duration expires) throws CommandException {
        Texts.checkType(type);
        Texts.checkSender(by);
        Texts.checkExpiry(expires);
        String normal = Texts.params(params);
        checkDevice(device);
        int ranking = checkedTarget(device, type, normal).ranking();
        if (!open.reserve()) {
            throw new CommandException(
                    Reason.FULL, "too many commands are open on this platform: wait until some are done");
        }
        Optional<Command> taken = Optional.empty();
        try {
            while (taken.isEmpty()) {
                taken = keep(open.lane(device), ranking, type, normal, by, expires);
            }
            return taken.get();
        } finally {
            if (taken.isEmpty()) {
                open.giveBack();
            }
        }
    }

    private void checkDevice(DeviceId device) throws CommandException {
        Optional<DeviceRegister> register = devices.get();
        if (register.isPresent() && register.get().find(device).isEmpty()) {
            throw new CommandException(Reason.UNKNOWN, "device " + device + " is unknown: see dinrail:device-list");
        }
    }

    private Targets.Entry checkedTarget(DeviceId device, String type, String params) throws CommandException {
        Targets.Entry best = targets.serving(device, type, Integer.MIN_VALUE)
                .orElseThrow(() -> new CommandException(
                        Reason.REFUSED,
                        "nothing on this platform serves commands of type " + type + " to device " + device));
        try {
            best.target().check(device, type, params);
            return best;
        } catch (RuntimeException | LinkageError e) {
            throw new CommandException(
                    Reason.REFUSED, "commands of type " + type + " to device " + device + " can't be checked: " + e);
        }
    }

    /** @return the command once it is in the store; empty if the lane went out of use meanwhile. */
    private Optional<Command> keep(Lane lane, int ranking, String type, String params, String by, Duration expires)
            throws CommandException {
        synchronized (lane) {
            if (lane.isRetired()) {
                return Optional.empty();
            }
            if (lane.size() >= MOST_OF_A_DEVICE) {
                throw new CommandException(
                        Reason.FULL,
                        "device " + lane.device + " has " + lane.size() + " open commands: wait until some are done");
            }
            Instant now = clock.instant();
            Command command = new Command(
                    UUID.randomUUID().toString(),
                    lane.device,
                    type,
                    params,
                    CommandState.ACCEPTED,
                    "",
                    by,
                    now,
                    now.plus(expires),
                    now);
            insert(lane, command, ranking);
            open.add(new Order(command.id(), type, lane, ranking, command.state(), command.expiresAt()));
            outbox.add(new CommandChanged(command.state().name(), command.id(), lane.device, type, "", now));
            return Optional.of(command);
        }
    }

    private void insert(Lane lane, Command command, int ranking) throws CommandException {
        try {
            commands.insert(command, ranking);
        } catch (SQLException e) {
            open.dropIfEmpty(lane);
            throw new CommandException(
                    Reason.STORE, "the command was not kept: the store can't be written: " + StoreTrouble.sentence(e));
        }
    }
}
