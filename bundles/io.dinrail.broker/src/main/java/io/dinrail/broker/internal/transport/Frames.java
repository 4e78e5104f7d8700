package io.dinrail.broker.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Takes bytes out of the frames of a WebSocket and puts them into such; where packets begin and end doesn't matter [MQTT-6.0.0-2]. */
final class Frames extends ChannelDuplexHandler {
    private boolean closed;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        WebSocketFrame frame = (WebSocketFrame) message;
        if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            ctx.fireChannelRead(frame.content());
        } else if (frame instanceof PingWebSocketFrame) {
            answer(ctx, frame.content());
        } else {
            frame.release();
            if (frame instanceof CloseWebSocketFrame) {
                close(ctx, WebSocketCloseStatus.NORMAL_CLOSURE);
            } else if (!(frame instanceof PongWebSocketFrame)) {
                close(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE); // [MQTT-6.0.0-1]
            }
        }
    }

    /** Who pings and never reads is closed instead of having its pongs kept. */
    private void answer(ChannelHandlerContext ctx, ByteBuf ping) {
        if (closed || !ctx.channel().isWritable()) {
            ping.release();
            if (!closed) {
                Connections.abort(ctx.channel());
            }
        } else {
            ctx.writeAndFlush(new PongWebSocketFrame(ping), ctx.voidPromise());
        }
    }

    private void close(ChannelHandlerContext ctx, WebSocketCloseStatus why) {
        if (!closed) {
            closed = true;
            ctx.writeAndFlush(new CloseWebSocketFrame(why)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable()) {
            ctx.write(new BinaryWebSocketFrame(bytes), promise);
        } else if (closed) { // it was Connection.LAST, and both sides have said it already
            ctx.write(bytes, promise);
        } else {
            closed = true;
            ctx.write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), promise);
        }
    }
}
