package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.Access;
import io.dinrail.identity.api.Organisation;
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
    /** In front of a name that needed no proof, so that it is nobody's who has one: no login name has a control character. */
    private static final char UNPROVED = '\u0001';

    private final String id;
    private final Access access;
    private final Channel channel;
    private final int version;
    private final Instant connectedAt;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile String leaving = "";

    Client(String id, Access access, Channel channel, int version, Instant connectedAt) {
        this.id = id;
        this.access = access;
        this.channel = channel;
        this.version = version;
        this.connectedAt = connectedAt;
    }

    String id() {
        return id;
    }

    /** @return its id as people see it, where those of all organisations stand in one list. */
    String shownId() {
        return inDefault() ? id : id + '@' + organisation();
    }

    Access access() {
        return access;
    }

    Principal principal() {
        return access.principal();
    }

    String organisation() {
        return principal().organisation();
    }

    boolean inDefault() {
        return organisation().equals(Organisation.DEFAULT);
    }

    /** @return whose its session is. */
    String owner() {
        return owner(principal());
    }

    static String owner(Principal principal) {
        return principal.kind() == Principal.Kind.ANONYMOUS ? UNPROVED + principal.login() : principal.login();
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
