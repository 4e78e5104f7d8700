package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Limits;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * Slows a client down that is faster than it may be, or than the engine, which drops what its loops can't hold: nothing is read from it for a while. Used by
 * the channel's own loop only.
 */
final class Pace {
    private static final double NS_PER_SECOND = 1e9;
    private static final long ENGINE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Hall hall;
    private final Login login;
    private int perSecond;
    private int burst;
    private double left;
    private long at = System.nanoTime();
    private boolean paused;

    Pace(Hall hall, Login login) {
        this.hall = hall;
        this.login = login;
        limit();
        left = burst;
    }

    /** Looks the limits up again. */
    void limit() {
        Limits limits = login.client().access().limits();
        perSecond =
                limits.publishRate().orElse(hall.settings().bounds().publishes().perSecond());
        burst = limits.publishBurst()
                .orElse(hall.settings().bounds().publishes().burst());
        if (burst == 0) {
            perSecond = 0; // any number at once, again and again
        }
    }

    boolean paused() {
        return paused;
    }

    /** Counts a message; what has been read already is still taken, and paid for by a longer pause. */
    void published(ChannelHandlerContext ctx) {
        if (perSecond > 0) {
            refill();
            left--;
        }
        if (!paused && due() > 0) {
            paused = true;
            ctx.channel().config().setAutoRead(false);
            if (left < 0 && perSecond > 0) {
                hall.losses()
                        .count(
                                "publish.slowed",
                                login.client().shownId(),
                                "publishes more than " + perSecond + " messages a second: read from more slowly");
            }
            look(ctx);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        refill();
        long wait = due();
        if (wait == 0) {
            paused = false;
            ctx.channel().config().setAutoRead(true);
        } else if (ctx.channel().isActive()) {
            ctx.executor().schedule(() -> look(ctx), wait, TimeUnit.NANOSECONDS);
        }
    }

    private long due() {
        long owed = perSecond > 0 && left < 0 ? (long) Math.ceil(-left * NS_PER_SECOND / perSecond) : 0;
        return Math.max(owed, login.core().pressed() ? ENGINE_NS : 0);
    }

    private void refill() {
        long now = System.nanoTime();
        left = Math.min(burst, left + (now - at) * perSecond / NS_PER_SECOND);
        at = now;
    }
}
