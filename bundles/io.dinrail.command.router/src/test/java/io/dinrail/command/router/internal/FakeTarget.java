package io.dinrail.command.router.internal;

import io.dinrail.command.api.Command;
import io.dinrail.command.api.CommandException;
import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;
import io.dinrail.model.api.DeviceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Serves one type of command, or all but {@code write}, as a test tells it to. */
final class FakeTarget implements CommandTarget {
    /** What came, and how to report on it. */
    record Delivery(Command command, Progress progress) {}

    static final BiConsumer<Command, Progress> SENDS = (command, progress) -> progress.reached(CommandState.SENT, "");
    static final BiConsumer<Command, Progress> SUCCEEDS = (command, progress) -> {
        progress.reached(CommandState.SENT, "");
        progress.reached(CommandState.SUCCEEDED, "{\"verdict\": \"applied\"}");
    };
    static final BiConsumer<Command, Progress> IS_AWAY = (command, progress) -> progress.unreachable("it is away");
    static final BiConsumer<Command, Progress> SAYS_NOTHING = (command, progress) -> {};

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    /** How many deliveries are over. */
    final AtomicInteger returned = new AtomicInteger();

    volatile BiConsumer<Command, Progress> behaviour;

    FakeTarget(BiConsumer<Command, Progress> behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public boolean serves(DeviceId device, String type) {
        return !type.equals("unserved");
    }

    @Override
    public void check(DeviceId device, String type, String params) throws CommandException {
        if (params.contains("nonsense")) {
            throw new CommandException(CommandException.Reason.REFUSED, "tag nonsense is unknown");
        }
    }

    @Override
    public void deliver(Command command, Progress progress) {
        BiConsumer<Command, Progress> now = behaviour;
        deliveries.add(new Delivery(command, progress));
        try {
            now.accept(command, progress);
        } finally {
            returned.incrementAndGet();
        }
    }

    List<String> delivered() {
        return deliveries.stream().map(delivery -> delivery.command().id()).toList();
    }

    Progress last() {
        return deliveries.get(deliveries.size() - 1).progress();
    }
}
