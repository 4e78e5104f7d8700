package io.dinrail.broker.internal.transport;

import io.dinrail.broker.front.Losses;
import io.dinrail.broker.internal.link.LinkAcceptor;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners and the threads behind them; opened and closed by one thread, asked by any. */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final int SMALLEST_READ = 512;
    private static final int FIRST_READ = 2_048;
    private static final int LARGEST_READ = 32_768;

    private final Map<Listener, Channel> open = new ConcurrentHashMap<>();
    private final Map<Listener, String> complaints = new ConcurrentHashMap<>();
    private final Shared shared;
    private final Loops loops;
    private final ByteBufAllocator allocator;

    /**
     * Starts the threads; {@link #open} begins to listen.
     *
     * @param settings where to listen and how much to hold.
     * @param tls makes the server's side of one connection's TLS.
     * @param acceptor takes what comes in.
     * @param losses counts what is refused.
     */
    public Transport(TransportSettings settings, Supplier<SSLEngine> tls, LinkAcceptor acceptor, Losses losses) {
        this(
                new Shared(settings, TimeLimits.USUAL, tls, acceptor, losses, Clock.systemUTC()),
                Loops.start(true),
                PooledByteBufAllocator.DEFAULT);
    }

    Transport(Shared shared, Loops loops, ByteBufAllocator allocator) {
        this.shared = shared;
        this.loops = loops;
        this.allocator = allocator;
    }

    /** Opens what isn't open yet; says once what can't be. To be called again now and then. */
    public void open() {
        shared.settings().listeners().stream()
                .filter(listener -> !open.containsKey(listener))
                .forEach(this::open);
    }

    private void open(Listener listener) {
        ChannelFuture bound = bootstrap(listener).bind(listener.address()).awaitUninterruptibly();
        if (bound.isSuccess()) {
            open.put(listener, bound.channel());
            complaints.remove(listener);
            LOG.info("{} on {}", listener.name(), text(bound.channel()));
            return;
        }
        String complaint = complaint(listener, bound.cause());
        if (!complaint.equals(complaints.put(listener, complaint))) {
            LOG.error("{}", complaint);
        }
    }

    /** How much of one connection is dealt with before the next has its turn. */
    private static RecvByteBufAllocator turns() {
        return new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ).maxMessagesPerRead(1);
    }

    private static String complaint(Listener listener, Throwable cause) {
        // Epoll's exception is no BindException, but says the same.
        boolean taken = cause instanceof BindException || cause instanceof IOException;
        return taken && String.valueOf(cause.getMessage()).contains("in use")
                ? listener.place() + " is taken by another program: stop it or set " + listener.variable()
                : listener.place() + " can't be opened (" + cause.getMessage() + "): set DINRAIL_BIND or "
                        + listener.variable();
    }

    private ServerBootstrap bootstrap(Listener listener) {
        return new ServerBootstrap()
                .group(loops.accept(), loops.serve())
                .channel(loops.kind())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR, turns())
                .childHandler(new Gate(listener, shared));
    }

    /**
     * Says what is open and what isn't.
     *
     * @return lines such as {@code mqtt 127.0.0.1:1883}.
     */
    public List<String> describe() {
        return shared.settings().listeners().stream().map(this::describe).toList();
    }

    private String describe(Listener listener) {
        Channel channel = open.get(listener);
        return channel == null
                ? listener.name() + " closed: " + complaints.getOrDefault(listener, "not opened yet")
                : listener.name() + ' ' + text(channel);
    }

    /**
     * Gives the port of a listener.
     *
     * @param name of the listener.
     * @return the port, empty while it isn't open.
     */
    public Optional<Integer> port(String name) {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .map(entry -> ((InetSocketAddress) entry.getValue().localAddress()).getPort())
                .findAny();
    }

    private static String text(Channel listener) {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /**
     * Counts the connections, those included that are still asked who they are.
     *
     * @return open sockets.
     */
    public int connections() {
        return shared.connections().count();
    }

    /** Lets nobody in any more; who is in stays. */
    public void shut() {
        open.values().forEach(listener -> listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        open.clear();
    }

    /** Closes every connection as {@link io.dinrail.broker.internal.link.Link#close} does, then ends the threads; within nine seconds. */
    @Override
    public void close() {
        shut();
        shared.connections().close(shared.limits().linger());
        loops.close();
    }
}
