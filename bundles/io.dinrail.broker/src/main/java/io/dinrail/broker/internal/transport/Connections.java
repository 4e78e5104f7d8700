package io.dinrail.broker.internal.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The sockets that are open, whatever they are still asked before they are served; safe for use by many threads. */
final class Connections {
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    void entered(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(closed -> left(channel));
    }

    private void left(Channel channel) {
        open.remove(channel);
        synchronized (this) {
            notifyAll();
        }
    }

    int count() {
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

    private static void abort(Channel channel) {
        channel.unsafe().close(channel.voidPromise());
    }

    private void forEach(Consumer<Channel> order) {
        open.forEach(channel -> channel.eventLoop().execute(() -> order.accept(channel)));
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
