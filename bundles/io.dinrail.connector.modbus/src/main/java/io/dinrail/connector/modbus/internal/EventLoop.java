package io.dinrail.connector.modbus.internal;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one Netty thread of this bundle, made when the first connector opens; safe for use by many threads. */
final class EventLoop implements AutoCloseable {
    private @Nullable EventLoopGroup group;
    private boolean closed;

    /** @throws IllegalStateException after {@link #close()}. */
    synchronized EventLoopGroup group() {
        if (closed) {
            throw new IllegalStateException("the Modbus connector's bundle is stopping");
        }
        EventLoopGroup made = group;
        if (made == null) {
            made = new NioEventLoopGroup(1, new DefaultThreadFactory("dinrail-modbus", true));
            group = made;
        }
        return made;
    }

    /** Ends the thread and with it every connection that is still open; waits 2 s at the most. */
    @Override
    public synchronized void close() {
        closed = true;
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            group = null;
        }
    }
}
