package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.Losses;
import io.dinrail.broker.front.Settings;
import io.dinrail.broker.front.Turnstile;
import io.dinrail.identity.api.ServerKeys;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two listeners and the connections that came through them; opened and closed by one thread. */
final class Doors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    // The engine drops QoS 0 for a client whose buffer is over the mark.
    private static final WriteBufferWaterMark BUFFER = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    /**
     * A listener that was asked for.
     *
     * @param name of its protocol.
     * @param address where.
     * @param tls whether with TLS.
     * @param variable what moves it to another port.
     */
    private record Door(String name, InetSocketAddress address, boolean tls, String variable) {}

    private final EventLoopGroup boss =
            new NioEventLoopGroup(1, new DefaultThreadFactory("dinrail-broker-accept", true));
    private final EventLoopGroup loops = new NioEventLoopGroup(0, new DefaultThreadFactory("dinrail-broker-io", true));
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);
    private final Map<Door, Channel> open = new ConcurrentHashMap<>();
    private final Map<Door, String> complaints = new ConcurrentHashMap<>();
    private final List<Door> wanted;
    private final ServerKeys keys;
    private final Turnstile turnstile;
    private final Losses losses;
    private final Consumer<SocketChannel> furnish;

    /** @param furnish builds a connection's pipeline behind TLS. */
    Doors(Settings settings, ServerKeys keys, Turnstile turnstile, Losses losses, Consumer<SocketChannel> furnish) {
        this.keys = keys;
        this.turnstile = turnstile;
        this.losses = losses;
        this.furnish = furnish;
        Optional<Door> plain =
                settings.listening().plain().map(address -> new Door("mqtt", address, false, "DINRAIL_MQTT_PORT"));
        Optional<Door> tls =
                settings.listening().tls().map(address -> new Door("mqtts", address, true, "DINRAIL_MQTTS_PORT"));
        this.wanted = Stream.of(plain, tls).flatMap(Optional::stream).toList();
    }

    /** Opens what isn't open yet; says once what can't be. */
    void open() {
        wanted.stream().filter(door -> !open.containsKey(door)).forEach(this::open);
    }

    private void open(Door door) {
        ChannelFuture bound = bootstrap(door).bind(door.address()).awaitUninterruptibly();
        if (bound.isSuccess()) {
            open.put(door, bound.channel());
            complaints.remove(door);
            LOG.info("{} on {}", door.name(), text(bound.channel()));
            return;
        }
        String complaint = complaint(door, bound.cause());
        if (!complaint.equals(complaints.put(door, complaint))) {
            LOG.error("{}", complaint);
        }
    }

    private static String complaint(Door door, Throwable cause) {
        String place =
                "port " + door.address().getPort() + " on " + door.address().getHostString();
        return cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? place + " is taken by another program: stop it or set " + door.variable()
                : place + " can't be opened (" + cause.getMessage() + "): set DINRAIL_BIND or " + door.variable();
    }

    private ServerBootstrap bootstrap(Door door) {
        return new ServerBootstrap()
                .group(boss, loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, BUFFER)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        enter(door, connection);
                    }
                });
    }

    private void enter(Door door, SocketChannel connection) {
        InetAddress address = connection.remoteAddress().getAddress();
        if (!turnstile.admits(address)) {
            losses.count("connect.refused", address.getHostAddress(), "connects too often in a minute: closed");
            connection.close();
            return;
        }
        try {
            if (door.tls()) {
                connection.pipeline().addLast("ssl", new SslHandler(keys.engine(true)));
            }
        } catch (RuntimeException e) { // no key; said once a minute rather than at each connection
            losses.count("tls.failed", "broker", "there is no certificate to answer with: closed", e);
            connection.close();
            return;
        }
        connections.add(connection);
        furnish.accept(connection);
    }

    /** @return what is open, such as {@code mqtt 127.0.0.1:1883}, then what isn't and why. */
    List<String> describe() {
        return wanted.stream().map(this::describe).toList();
    }

    private String describe(Door door) {
        Channel channel = open.get(door);
        return channel == null
                ? door.name() + " closed: " + complaints.getOrDefault(door, "not opened yet")
                : door.name() + ' ' + text(channel);
    }

    /** @return the port that a protocol is served on; empty if it isn't. */
    Optional<Integer> port(String protocol) {
        return open.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(protocol))
                .map(entry -> ((InetSocketAddress) entry.getValue().localAddress()).getPort())
                .findAny();
    }

    private static String text(Channel listener) {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Lets nobody in any more. */
    void shut() {
        open.values().forEach(listener -> listener.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        open.clear();
    }

    /** Closes every connection, within a second. */
    void clear() {
        shut();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    /** Ends the threads; whatever the engine still wants to say to a connection must have been said before. */
    @Override
    public void close() {
        clear();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        boss.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loops.terminationFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
        boss.terminationFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
