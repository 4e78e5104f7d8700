package io.dinrail.broker.internal.transport;

import static io.netty.handler.codec.http.HttpHeaderNames.ORIGIN;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/** Makes a WebSocket of an HTTP connection, if it is asked for as MQTT 5.0, section 6 says; every other request is the last. */
final class WebSocketGate extends ChannelInboundHandlerAdapter {
    private static final String PATH = "/mqtt";
    private static final String PROTOCOL = "mqtt";
    private static final String VERSION = "13";
    private static final int LARGEST_FRAME = 1 << 20;

    private final Arrival arrival;
    private final int largestPacket;
    private boolean done;

    WebSocketGate(Arrival arrival, int largestPacket) {
        this.arrival = arrival;
        this.largestPacket = largestPacket;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (done || !(message instanceof FullHttpRequest request)) {
                Connections.abort(ctx.channel()); // who doesn't wait for the answer
                return;
            }
            done = true;
            HttpResponseStatus refusal = refusal(request);
            if (refusal.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
                upgrade(ctx, request);
            } else {
                refuse(ctx, refusal);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static HttpResponseStatus refusal(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (!new QueryStringDecoder(request.uri()).rawPath().equals(PATH)) {
            return HttpResponseStatus.NOT_FOUND;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        if (!request.headers().containsValue(UPGRADE, "websocket", true)
                || !VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return HttpResponseStatus.UPGRADE_REQUIRED;
        }
        boolean complete = request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return complete && offersMqtt(request)
                ? HttpResponseStatus.SWITCHING_PROTOCOLS
                : HttpResponseStatus.BAD_REQUEST;
    }

    /** [MQTT-6.0.0-3]. */
    private static boolean offersMqtt(FullHttpRequest request) {
        return request.headers().getAll(SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(offers -> Arrays.stream(offers.split(",", -1)))
                .anyMatch(offer -> offer.trim().equals(PROTOCOL));
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean byPage = request.headers().contains(ORIGIN);
        WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                .allowExtensions(false)
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .maxFramePayloadLength(Math.max(LARGEST_FRAME, largestPacket))
                .withUTF8Validator(false) // text closes anyway
                .build();
        new WebSocketServerHandshaker13("", PROTOCOL, frames)
                .handshake(ctx.channel(), request)
                .addListener(sent -> {
                    if (sent.isSuccess()) {
                        arrival.upgraded(byPage);
                        ctx.pipeline().remove(this);
                    } else {
                        arrival.inTime();
                        Connections.abort(ctx.channel());
                    }
                });
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            answer.headers().set(UPGRADE, "websocket").set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
        }
        arrival.inTime();
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
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
