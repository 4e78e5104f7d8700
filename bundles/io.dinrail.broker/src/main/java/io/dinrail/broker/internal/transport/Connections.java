package io.dinrail.broker.internal.transport;

import io.dinrail.broker.front.Bounds;
import io.dinrail.broker.front.Turnstile;
import io.netty.channel.Channel;
import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The sockets that are open, whatever they are still asked before they are served, and whose they are; safe for use by many threads. */
final class Connections {
    /** Not known yet, or not counted. */
    private static final Long NOBODY = Long.MIN_VALUE;

    private final Map<Channel, Long> open = new HashMap<>();
    private final Map<Long, Integer> ofNetwork = new HashMap<>();
    private final Bounds bounds;
    private final Share share;

    Connections(Bounds bounds) {
        this(bounds, PlatformDependent.maxDirectMemory());
    }

    /** @param memory in bytes, for what waits for those who read too slowly, and all else that the network holds. */
    Connections(Bounds bounds, long memory) {
        this.bounds = bounds;
        this.share = new Share(bounds.pendingBytes(), memory);
    }

    /** @return whether there is room for it. */
    boolean enter(Channel channel) {
        synchronized (this) {
            if (bounds.connections() > 0 && open.size() >= bounds.connections()) {
                return false;
            }
            open.put(channel, NOBODY);
            channel.config().setWriteBufferWaterMark(share.marks());
            shareAnew();
        }
        channel.closeFuture().addListener(closed -> left(channel));
        return true;
    }

    /** @return whether its address may have one more. */
    synchronized boolean seat(Channel channel, InetAddress address) {
        if (bounds.connectionsOfAddress() == 0 || bounds.anyConnects().contains(address)) {
            return true;
        }
        Long network = Turnstile.network(address);
        if (ofNetwork.getOrDefault(network, 0) >= bounds.connectionsOfAddress()) {
            return false;
        }
        if (open.replace(channel, network) != null) {
            ofNetwork.merge(network, 1, Integer::sum);
        }
        return true;
    }

    private synchronized void left(Channel channel) {
        Long network = open.remove(channel);
        ofNetwork.computeIfPresent(
                network == null ? NOBODY : network, (whose, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        shareAnew();
        notifyAll();
    }

    private void shareAnew() {
        if (share.changes(open.size())) {
            open.keySet().forEach(channel -> channel.config().setWriteBufferWaterMark(share.marks()));
        }
    }

    synchronized int count() {
        return open.size();
    }

    /** Closes those that are served as they should be closed, the others at once. */
    void close(Duration atMost) {
        forEach(channel -> {
            Connection served = channel.pipeline().get(Connection.class);
            if (served == null) {
                abort(channel);
            } else {
                served.close();
            }
        });
        awaitNone(atMost);
        forEach(Connections::abort);
        awaitNone(atMost);
    }

    /** Closes at once, asking no handler. */
    static void abort(Channel channel) {
        channel.unsafe().close(channel.voidPromise());
    }

    private synchronized void forEach(Consumer<Channel> order) {
        open.keySet().forEach(channel -> channel.eventLoop().execute(() -> order.accept(channel)));
    }

    private synchronized void awaitNone(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toMillis(); !open.isEmpty() && left > 0; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the sockets are closed with their loops
        }
    }
}
