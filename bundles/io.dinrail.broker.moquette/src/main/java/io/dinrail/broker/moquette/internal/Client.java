package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Principal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One client that has logged in; safe for use by many threads. */
final class Client {
    private static final int MQTT_5 = 5;

    private final String id;
    private final Principal principal;
    private final Channel channel;
    private final int version;
    private final Instant connectedAt;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile String leaving = "";

    Client(String id, Principal principal, Channel channel, int version, Instant connectedAt) {
        this.id = id;
        this.principal = principal;
        this.channel = channel;
        this.version = version;
        this.connectedAt = connectedAt;
    }

    String id() {
        return id;
    }

    Principal principal() {
        return principal;
    }

    boolean isVersion5() {
        return version == MQTT_5;
    }

    Instant connectedAt() {
        return connectedAt;
    }

    String address() {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? remote.getHostString() + ":" + remote.getPort()
                : "";
    }

    /** Says why the client leaves; the first word counts. */
    void leavesBy(String reason) {
        if (leaving.isEmpty()) {
            leaving = reason;
        }
    }

    String leaving() {
        return leaving.isEmpty() ? "connection-lost" : leaving;
    }

    /**
     * Disconnects the client.
     *
     * @param reason in a word.
     * @param code the reason code that MQTT 5 tells it (MQTT 5.0, section 3.14.2.1).
     */
    void close(String reason, int code) {
        leavesBy(reason);
        if (isVersion5()) {
            var packet =
                    MqttMessageBuilders.disconnect().reasonCode((byte) code).build();
            channel.writeAndFlush(packet).addListener(ChannelFutureListener.CLOSE);
            // A client that does not read must not keep the connection.
            channel.eventLoop().schedule(() -> channel.close(), 500, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }

    /** @return done when the engine has heard that the client is gone. */
    CompletableFuture<Void> gone() {
        return gone;
    }
}
