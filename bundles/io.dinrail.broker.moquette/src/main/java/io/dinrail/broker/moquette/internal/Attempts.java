package io.dinrail.broker.moquette.internal;

import io.dinrail.broker.front.TopicNames;
import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Admission;
import io.dinrail.identity.api.Attempt;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Asks identity about a CONNECT. */
final class Attempts {
    private static final byte[] NO_SECRET = {};

    private Attempts() {}

    /** @throws Refused if there is nothing to ask about. */
    static CompletionStage<Admission> ask(
            MqttConnectMessage connect, Channel channel, Hall hall, AccessListener listener) throws Refused {
        String username = Optional.ofNullable(connect.payload().userName()).orElse("");
        byte[] secret = Optional.ofNullable(connect.payload().passwordInBytes()).orElse(NO_SECRET);
        Optional<X509Certificate> certificate = certificate(channel);
        if (!TopicNames.isClean(username)) {
            throw Refused.login();
        }
        if (username.isEmpty() && certificate.isEmpty()) {
            if (secret.length > 0 || !mayBeAnonymous(channel, hall)) {
                throw Refused.login();
            }
            String ruleSet = hall.settings().anonymousRuleSet();
            return CompletableFuture.completedFuture(hall.identity().anonymous(ruleSet, address(channel), listener));
        }
        return hall.identity().admit(new Attempt(username, secret, certificate, address(channel)), listener);
    }

    /** A name that stands for nobody is for this machine's own, and never for what a tunnel of TLS may bring. */
    private static boolean mayBeAnonymous(Channel channel, Hall hall) {
        return !hall.settings().anonymousRuleSet().isEmpty()
                && channel.pipeline().get(SslHandler.class) == null
                && channel.remoteAddress() instanceof InetSocketAddress remote
                && remote.getAddress().isLoopbackAddress();
    }

    private static Optional<X509Certificate> certificate(Channel channel) {
        SslHandler ssl = channel.pipeline().get(SslHandler.class);
        if (ssl == null) {
            return Optional.empty();
        }
        try {
            Certificate first = ssl.engine().getSession().getPeerCertificates()[0];
            return first instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // it has none
        }
    }

    private static String address(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return "";
        }
        InetAddress address = remote.getAddress();
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
