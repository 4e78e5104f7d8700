package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.model.api.DeviceId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Hears from targets, devices and the clock how commands go, and counts what it can't use; safe for use by many threads. */
final class Hearing implements Reports {
    private final OpenOrders open;
    private final Keeper keeper;
    private final Clock clock;
    private final Consumer<Lane> courier;
    private final AtomicLong ignoredAnswers = new AtomicLong();
    private final AtomicLong ignoredReports = new AtomicLong();

    Hearing(OpenOrders open, Keeper keeper, Clock clock, Consumer<Lane> courier) {
        this.open = open;
        this.keeper = keeper;
        this.clock = clock;
        this.courier = courier;
    }

    /** A target that acts on the command itself may rely on SENT being kept before it acts; the rest needn't wait for the store. */
    @Override
    public void reached(Order order, CommandState state, String result) {
        switch (order.advance(state, Texts.result(result), clock.instant())) {
            case FORWARD -> keep(order, state == CommandState.SENT);
            case BEHIND -> {}
            case CLOSED -> ignoredReports.incrementAndGet();
        }
        courier.accept(order.lane);
    }

    @Override
    public void unreachable(Order order) {
        courier.accept(order.lane);
    }

    void answered(DeviceId device, String id, CommandState state, String result) {
        open.find(id)
                .filter(order -> order.lane.device.equals(device))
                .filter(order -> order.advance(state, Texts.result(result), clock.instant()) != Order.Advance.CLOSED)
                .ifPresentOrElse(
                        order -> {
                            keeper.later(order);
                            courier.accept(order.lane);
                        },
                        ignoredAnswers::incrementAndGet);
    }

    void overdue(Order order, Instant now) {
        boolean worksOnIt = order.state() == CommandState.ACKNOWLEDGED;
        String reason = switch (order.state()) {
            case ACCEPTED ->
                "it could not be handed over in time" + (order.obstacle.isEmpty() ? "" : ": ") + order.obstacle;
            case ACKNOWLEDGED -> "it was acknowledged, and not answered within 24 h after its expiry";
            default -> "it was handed over, and not answered in time";
        };
        CommandState end = worksOnIt ? CommandState.FAILED : CommandState.EXPIRED;
        if (order.advance(end, Texts.reason(reason), now) == Order.Advance.FORWARD) {
            keeper.later(order);
            courier.accept(order.lane);
        }
    }

    Map<String, Long> losses() {
        return Map.of(
                "commands.ignored-answers", ignoredAnswers.get(), "commands.ignored-reports", ignoredReports.get());
    }

    private void keep(Order order, boolean now) {
        if (now) {
            keeper.now(order);
        } else {
            keeper.later(order);
        }
    }
}
