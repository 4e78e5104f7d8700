package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.Peer;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Lets the connections of one listener in. */
final class Gate extends ChannelInitializer<SocketChannel> {
    private final Listener listener;
    private final Shared shared;

    Gate(Listener listener, Shared shared) {
        this.listener = listener;
        this.shared = shared;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetSocketAddress address = channel.remoteAddress();
        if (address == null) { // it is gone already
            channel.unsafe().close(channel.voidPromise());
            return;
        }
        shared.connections().entered(channel);
        boolean local = address.getAddress().isLoopbackAddress() && !listener.tls() && !listener.proxied();
        Peer peer = new Peer(address, listener.name(), listener.tls(), Optional.empty(), local);
        channel.pipeline().addLast(new Connection(shared, channel, peer));
    }
}
