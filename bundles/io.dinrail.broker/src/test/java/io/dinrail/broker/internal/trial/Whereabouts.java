package io.dinrail.broker.internal.trial;

import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where the broker is, while it is anywhere. Safe for use by many threads. */
final class Whereabouts implements Supplier<InetSocketAddress> {
    private @Nullable InetSocketAddress now;

    synchronized void are(@Nullable InetSocketAddress address) {
        now = address;
        notifyAll();
    }

    /** Waits until there is one. */
    @Override
    public synchronized InetSocketAddress get() {
        while (now == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the trial is over", e);
            }
        }
        return now;
    }
}
