package io.dinrail.broker.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/** Takes the header of the PROXY protocol off the front of a connection. */
final class ProxyGate extends ByteToMessageDecoder {
    private final Arrival arrival;

    ProxyGate(Arrival arrival) {
        this.arrival = arrival;
        setSingleDecode(true); // what stands behind the header is somebody else's
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            Optional<ProxyHeader> header = ProxyHeader.read(in);
            if (header.isPresent()) {
                arrival.proxied(header.get().source());
                ctx.pipeline().remove(this);
            }
        } catch (ProxyHeader.Invalid e) {
            in.skipBytes(in.readableBytes());
            arrival.refuse("proxy.refused", "sent no header of the PROXY protocol: " + e.getMessage());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        arrival.inTime();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        arrival.inTime();
        Connections.abort(ctx.channel());
    }
}
