package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.Peer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way of one connection from its socket to its handler: room, who is behind the proxy, how often and how many of its address, TLS, WebSocket. On its
 * loop only; each step has its time.
 */
final class Arrival {
    private static final int LONGEST_LINE = 4_096;
    private static final int LARGEST_HEADERS = 16_384;
    private static final int LARGEST_BODY = 1_024;

    private final Listener listener;
    private final Shared shared;
    private final SocketChannel channel;
    private InetSocketAddress address;
    private Optional<X509Certificate> certificate = Optional.empty();
    // A page that a browser shows comes from elsewhere, whichever machine the browser runs on.
    private boolean fromPage;
    private @Nullable Future<?> deadline;

    Arrival(Listener listener, Shared shared, SocketChannel channel) {
        this.listener = listener;
        this.shared = shared;
        this.channel = channel;
        this.address = channel.remoteAddress();
    }

    void begin() {
        if (!shared.connections().enter(channel)) {
            refuse("connect.full", "as many connections as limit.connections are open: closed");
        } else if (!listener.proxied()) {
            known();
        } else if (shared.settings().proxies().contains(address.getAddress())) {
            within(shared.limits().proxy(), "connect.late", "sent no PROXY header in time: closed");
            channel.pipeline().addLast(new ProxyGate(this));
        } else {
            refuse("proxy.refused", "is no proxy of proxy.protocol.from: closed");
        }
    }

    /** @param source who is behind the proxy; empty if it is the proxy itself. */
    void proxied(Optional<InetSocketAddress> source) {
        source.ifPresent(told -> address = told);
        known();
    }

    private void known() {
        if (!shared.turnstile().admits(address.getAddress())) {
            refuse("connect.refused", "connects too often in a minute: closed");
        } else if (!shared.connections().seat(channel, address.getAddress())) {
            refuse("connect.refused", "has too many connections open: closed");
        } else if (listener.tls()) {
            encrypt();
        } else {
            secured(Optional.empty());
        }
    }

    private void encrypt() {
        try {
            SslHandler tls = new SslHandler(shared.tls().get());
            tls.setHandshakeTimeoutMillis(0); // the same as for the other steps counts
            within(shared.limits().tls(), "connect.late", "did not finish its TLS handshake in time: closed");
            channel.pipeline().addLast(tls, new TlsGate(this, tls));
        } catch (RuntimeException e) { // no key; said once a minute rather than at each connection
            shared.losses().count("tls.failed", "broker", "there is no certificate to answer with: closed", e);
            Connections.abort(channel);
        }
    }

    /** @param presented the client's certificate. */
    void secured(Optional<X509Certificate> presented) {
        certificate = presented;
        if (listener.webSocket()) {
            within(shared.limits().webSocket(), "connect.late", "asked for no WebSocket in time: closed");
            channel.pipeline()
                    .addLast(
                            new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, LARGEST_BODY),
                            new HttpObjectAggregator(LARGEST_BODY),
                            new WebSocketGate(this, shared.settings().bounds().largestPacket()));
        } else {
            serve();
        }
    }

    /** @param byPage whether a page that a browser shows has asked. */
    void upgraded(boolean byPage) {
        fromPage = byPage;
        channel.pipeline().addLast(new Frames());
        serve();
    }

    private void serve() {
        inTime();
        boolean local = address.getAddress().isLoopbackAddress() && !listener.tls() && !listener.proxied() && !fromPage;
        Peer peer = new Peer(address, listener.name(), listener.tls(), certificate, local);
        channel.pipeline().addLast(new Connection(shared, channel, peer));
    }

    void refuse(String cause, String sentence) {
        inTime();
        shared.losses().count(cause, address.getAddress().getHostAddress(), sentence);
        Connections.abort(channel);
    }

    private void within(Duration time, String cause, String sentence) {
        inTime();
        deadline = channel.eventLoop().schedule(() -> refuse(cause, sentence), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** To be called also when the other side has gone, so that nothing is counted late. */
    void inTime() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
