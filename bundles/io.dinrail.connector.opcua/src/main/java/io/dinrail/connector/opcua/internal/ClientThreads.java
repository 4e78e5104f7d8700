package io.dinrail.connector.opcua.internal;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;

/** The threads of all connections of this bundle, few and named, in place of the library's shared ones; made when the first connector opens. */
final class ClientThreads implements AutoCloseable {
    private static final int WORKERS = 2;

    private record Made(
            EventLoopGroup loop,
            ThreadPoolExecutor workers,
            ThreadPoolExecutor types,
            ScheduledThreadPoolExecutor timer,
            HashedWheelTimer wheel) {}

    /** The bundle stops: nothing begins any more. */
    static final class Stopping extends IllegalStateException {
        static final String WHAT = "the OPC UA connector's bundle is stopping";
        private static final long serialVersionUID = 1L;

        Stopping() {
            super(WHAT);
        }
    }

    private @Nullable Made made;
    private boolean closed;

    /**
     * Makes a connection use them.
     *
     * @throws IllegalStateException after {@link #close()}.
     */
    synchronized void configure(OpcTcpClientTransportConfigBuilder transport) {
        Made use = made();
        transport
                .setEventLoop(use.loop)
                .setExecutor(use.workers)
                .setScheduledExecutor(use.timer)
                .setWheelTimer(use.wheel)
                // no arena of megabytes for messages of kilobytes
                .setBootstrapCustomizer(
                        bootstrap -> bootstrap.option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)));
    }

    /** @return the thread that may wait for a server to explain its types. */
    Executor types() {
        return made().types;
    }

    /** @return the threads for what doesn't wait. */
    Executor workers() {
        return made().workers;
    }

    /** @return what calls again and again; nothing in it waits. */
    ScheduledExecutorService timer() {
        return made().timer;
    }

    private synchronized Made made() {
        if (closed) {
            throw new Stopping();
        }
        Made use = made;
        if (use == null) {
            use = make();
            made = use;
        }
        return use;
    }

    /** Ends the threads and with them every connection that is still open; waits 2 s at the most. */
    @Override
    public synchronized void close() {
        closed = true;
        if (made != null) {
            made.timer.shutdownNow();
            made.workers.shutdownNow();
            made.types.shutdownNow();
            made.wheel.stop();
            made.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            made = null;
        }
    }

    private static Made make() {
        ThreadPoolExecutor workers = pool(WORKERS, "dinrail-opcua-work");
        return new Made(
                new NioEventLoopGroup(1, new DefaultThreadFactory("dinrail-opcua-net", true)),
                workers,
                pool(1, "dinrail-opcua-types"),
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("dinrail-opcua-timer", true)),
                new HashedWheelTimer(new DefaultThreadFactory("dinrail-opcua-wheel", true)));
    }

    private static ThreadPoolExecutor pool(int threads, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                // bounded by the protocol: a server sends no more than it has requests to answer
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name, true),
                // happens after close() only, when there is nobody left to tell
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
