package io.dinrail.command.router.internal;

import io.dinrail.command.api.CommandState;
import io.dinrail.command.api.CommandTarget;

/** One attempt to hand a command to a target; the target reports here. */
final class Handover implements CommandTarget.Progress {
    final Order order;
    private final CommandState before;
    private final Reports reports;
    private volatile boolean heard;
    private volatile boolean unreachable;

    Handover(Order order, Reports reports) {
        this.order = order;
        this.before = order.state();
        this.reports = reports;
    }

    /** @return whether the command is out of our hands, by the target's word or by the device's own. */
    boolean isHeard() {
        return heard || order.state() != before;
    }

    boolean isUnreachable() {
        return unreachable;
    }

    @Override
    public void reached(CommandState state, String result) {
        heard = true;
        reports.reached(order, state, result);
    }

    @Override
    public void unreachable(String reason) {
        order.obstacle = reason;
        unreachable = true;
        reports.unreachable(order);
    }
}
