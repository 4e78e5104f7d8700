package io.dinrail.demo.labeller.internal;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.Stack;

/** The server's threads, few and named, in place of the library's shared ones. */
final class ServerThreads implements AutoCloseable {
    private static final int WORKERS = 2;

    final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("dinrail-demo-labeller-net", true));
    final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("dinrail-demo-labeller-work", true));
    final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("dinrail-demo-labeller-timer", true));

    ServerThreads() {
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        // the library's server uses its shared timer wherever it is told to use another
        Stack.releaseSharedResources(1, TimeUnit.SECONDS);
    }
}
