package io.dinrail.broker.internal.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads: one accepts, one a core serves. By epoll where its native library is there.
 *
 * @param accept waits for connections.
 * @param serve each connection by one of them.
 * @param kind of listeners they can serve.
 */
record Loops(EventLoopGroup accept, EventLoopGroup serve, Class<? extends ServerChannel> kind)
        implements AutoCloseable {
    private static final int SECONDS_TO_END = 2;

    /** @param epoll whether it is used where it is there. */
    static Loops start(boolean epoll) {
        int cores = Runtime.getRuntime().availableProcessors();
        ThreadFactory acceptor = task -> daemon("dinrail-broker-accept", task);
        AtomicInteger number = new AtomicInteger();
        ThreadFactory server = task -> daemon("dinrail-broker-io-" + number.incrementAndGet(), task);
        return epoll && Epoll.isAvailable()
                ? new Loops(
                        new EpollEventLoopGroup(1, acceptor),
                        new EpollEventLoopGroup(cores, server),
                        EpollServerSocketChannel.class)
                : new Loops(
                        new NioEventLoopGroup(1, acceptor),
                        new NioEventLoopGroup(cores, server),
                        NioServerSocketChannel.class);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends the threads, also the one that Netty tells the end of the others with. */
    @Override
    public void close() {
        serve.shutdownGracefully(0, SECONDS_TO_END, TimeUnit.SECONDS);
        accept.shutdownGracefully(0, SECONDS_TO_END, TimeUnit.SECONDS);
        serve.terminationFuture().awaitUninterruptibly(SECONDS_TO_END, TimeUnit.SECONDS);
        accept.terminationFuture().awaitUninterruptibly(SECONDS_TO_END, TimeUnit.SECONDS);
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // it has never run
        }
    }
}
