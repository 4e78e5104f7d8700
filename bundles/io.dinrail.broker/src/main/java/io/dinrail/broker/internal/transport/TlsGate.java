package io.dinrail.broker.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Waits for the end of a TLS handshake. */
final class TlsGate extends ChannelInboundHandlerAdapter {
    private final Arrival arrival;
    private final SslHandler tls;

    TlsGate(Arrival arrival, SslHandler tls) {
        this.arrival = arrival;
        this.tls = tls;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            return;
        }
        if (handshake.isSuccess()) {
            arrival.secured(certificate());
            ctx.pipeline().remove(this);
        } else if (handshake.cause() instanceof ClosedChannelException) {
            arrival.inTime(); // it went by itself
        } else {
            arrival.refuse(
                    "tls.refused", "no TLS handshake: " + handshake.cause().getMessage());
        }
    }

    private Optional<X509Certificate> certificate() {
        try {
            Certificate first = tls.engine().getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate x509 ? Optional.of(x509) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** The event has told why before. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        arrival.inTime();
        Connections.abort(ctx.channel());
    }
}
