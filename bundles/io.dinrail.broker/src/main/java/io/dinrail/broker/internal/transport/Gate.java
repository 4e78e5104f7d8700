package io.dinrail.broker.internal.transport;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;

/** Begins the way of each connection of one listener. */
final class Gate extends ChannelInitializer<SocketChannel> {
    private final Listener listener;
    private final Shared shared;

    Gate(Listener listener, Shared shared) {
        this.listener = listener;
        this.shared = shared;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (channel.remoteAddress() == null) { // it is gone already
            Connections.abort(channel);
        } else {
            new Arrival(listener, shared, channel).begin();
        }
    }
}
