package io.dinrail.broker.moquette.internal;

import io.dinrail.messaging.api.Message;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one client and the engine. The engine never sees a packet that is malformed or refused, since it keeps such connections open, lets wills and
 * shared subscriptions pass unasked, and doesn't bind a client id to a login. Used by the channel's own loop only.
 */
final class Guard extends ChannelDuplexHandler {
    private static final int SECONDS_TO_CONNECT = 10;
    private static final int SECONDS_TO_REPLACE = 5;
    private static final int MS_BETWEEN_LOOKS = 1;
    private static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    private static final int TAKEN_OVER = 0x8E;

    private final Hall hall;
    private final Deque<MqttMessage> early = new ArrayDeque<>();
    private @Nullable Login login;
    private @Nullable Publishing publishing;
    private @Nullable Subscribing subscribing;
    private boolean connected;
    private boolean closing;
    private boolean goodbye;

    Guard(Hall hall) {
        this.hall = hall;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> expire(ctx), SECONDS_TO_CONNECT, TimeUnit.SECONDS);
        ctx.fireChannelActive();
    }

    private void expire(ChannelHandlerContext ctx) {
        if (!connected && ctx.channel().isActive()) {
            hall.losses().count("login.timeout", address(ctx), "did not log in within 10 s: closed");
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        MqttMessage packet = (MqttMessage) read; // the decoder yields nothing else
        if (closing) {
            ReferenceCountUtil.release(packet);
            return;
        }
        try {
            read(ctx, packet);
        } catch (Malformed e) {
            ReferenceCountUtil.release(packet);
            throwOut(ctx, e);
        } catch (RuntimeException e) {
            closing = true;
            hall.losses().count("guard.failed", address(ctx), "a packet could not be looked at: closed", e);
            ctx.close();
        }
    }

    private void read(ChannelHandlerContext ctx, MqttMessage packet) throws Malformed {
        if (packet.decoderResult().isFailure()) {
            undecoded(ctx, packet.decoderResult().cause());
        } else if (connected) {
            pass(ctx, packet);
        } else if (login != null) {
            early.add(packet); // no more than the decoder had in its hands: reading is off
        } else if (packet instanceof MqttConnectMessage connect) {
            connect(ctx, connect);
        } else {
            throw new Malformed(Malformed.PROTOCOL, "a packet before CONNECT");
        }
    }

    private void undecoded(ChannelHandlerContext ctx, Throwable cause) throws Malformed {
        if (login == null && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuse(ctx, Refused.version(), false);
            return;
        }
        boolean large = cause instanceof TooLongFrameException;
        throw new Malformed(
                large ? Malformed.TOO_LARGE : Malformed.PACKET,
                large ? "a packet of more than " + hall.largestPacket() + " bytes" : "a malformed packet");
    }

    private void throwOut(ChannelHandlerContext ctx, Malformed e) {
        closing = true;
        hall.losses().count(e.loss(), name(ctx), "sent " + e.getMessage() + ": closed");
        if (login == null) {
            ctx.close();
        } else {
            login.client().close("protocol_error", e.code());
        }
    }

    private void connect(ChannelHandlerContext ctx, MqttConnectMessage connect) throws Malformed {
        var header = connect.variableHeader();
        if (header.willQos() > 2 || !header.isWillFlag() && (header.willQos() > 0 || header.isWillRetain())) {
            throw new Malformed(Malformed.PACKET, "a CONNECT with a will that can't be");
        }
        boolean isVersion5 = header.version() == 5;
        try {
            Login checked = Login.of(connect, ctx.channel(), hall);
            Clients.Admission admission = hall.clients().admit(checked.client());
            if (!admission.admitted()) {
                throw Refused.clientId("client id '" + checked.client().id() + "' is refused: another login uses it");
            }
            admit(ctx, checked, admission);
        } catch (Refused e) {
            refuse(ctx, e, isVersion5);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refused e, boolean isVersion5) {
        closing = true;
        if (e.getCause() == null) {
            hall.losses().count(e.loss(), address(ctx), String.valueOf(e.getMessage()));
        } else {
            hall.losses().count(e.loss(), address(ctx), String.valueOf(e.getMessage()), e.getCause());
        }
        Answers.refuse(ctx, e.code(isVersion5));
    }

    /** Whoever is replaced leaves first, so that the engine sees one after the other, and its will is published. */
    private void admit(ChannelHandlerContext ctx, Login admitted, Clients.Admission admission) {
        login = admitted;
        publishing = new Publishing(hall, admitted.client());
        subscribing = new Subscribing(hall, admitted.client());
        ctx.channel().config().setAutoRead(false);
        if (admission.replaced().isEmpty()) {
            ctx.fireChannelRead(admitted.packet());
            return;
        }
        Client replaced = admission.replaced().get();
        replaced.close("takeover", TAKEN_OVER);
        replaced.gone()
                .completeOnTimeout(null, SECONDS_TO_REPLACE, TimeUnit.SECONDS)
                .thenRun(() -> ctx.executor().execute(() -> {
                    if (ctx.channel().isActive()) {
                        ctx.fireChannelRead(admitted.packet());
                    }
                }));
    }

    private void pass(ChannelHandlerContext ctx, MqttMessage packet) throws Malformed {
        if (packet instanceof MqttPublishMessage publish && publishing != null) {
            publishing.publish(ctx, publish);
            slowDown(ctx);
        } else if (packet instanceof MqttSubscribeMessage subscribe && subscribing != null) {
            subscribing.subscribe(ctx, subscribe);
        } else if (packet instanceof MqttUnsubscribeMessage unsubscribe && subscribing != null) {
            subscribing.unsubscribe(ctx, unsubscribe);
        } else {
            passOther(ctx, packet);
        }
    }

    private void passOther(ChannelHandlerContext ctx, MqttMessage packet) throws Malformed {
        switch (packet.fixedHeader().messageType()) {
            case PUBACK, PUBREC, PUBCOMP, PINGREQ -> ctx.fireChannelRead(packet);
            case PUBREL -> {
                if (publishing != null) {
                    publishing.release(ctx, packet);
                }
            }
            case DISCONNECT -> {
                leave(packet);
                ctx.fireChannelRead(packet);
            }
            default ->
                throw new Malformed(
                        Malformed.PROTOCOL,
                        "a " + packet.fixedHeader().messageType() + " that a client doesn't send here");
        }
    }

    private void leave(MqttMessage packet) {
        boolean withWill = packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                && header.reasonCode() != 0;
        goodbye = !withWill;
        if (login != null) {
            login.client().leavesBy(withWill ? "client_disconnect" : "normal");
        }
    }

    /** The engine drops what its loops can't hold; so a client waits instead. */
    private void slowDown(ChannelHandlerContext ctx) {
        if (hall.core().pressed() && ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(false);
            speedUpAgain(ctx);
        }
    }

    private void speedUpAgain(ChannelHandlerContext ctx) {
        if (!hall.core().pressed()) {
            ctx.channel().config().setAutoRead(true);
        } else if (ctx.channel().isActive()) {
            ctx.executor().schedule(() -> speedUpAgain(ctx), MS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object written, ChannelPromise promise) {
        if (written instanceof MqttConnAckMessage answer && login != null) {
            ctx.write(login.amended(answer), promise);
            if (answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                promise.addListener(sent -> awaitEngine(ctx));
            }
        } else if (written instanceof MqttSubAckMessage answer && subscribing != null) {
            ctx.write(subscribing.answer(answer), promise);
        } else if (written instanceof MqttUnsubAckMessage answer && subscribing != null) {
            ctx.write(subscribing.answer(answer), promise);
        } else {
            ctx.write(written, promise);
        }
    }

    /** The engine says yes before it is ready, and closes on a SUBSCRIBE that comes in between; so that waits here. */
    private void awaitEngine(ChannelHandlerContext ctx) {
        if (hall.core().connected(ctx.channel())) {
            begin(ctx);
        } else if (ctx.channel().isActive()) {
            ctx.executor().schedule(() -> awaitEngine(ctx), MS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        }
    }

    private void begin(ChannelHandlerContext ctx) {
        if (connected || login == null || !ctx.channel().isActive()) {
            return;
        }
        connected = true;
        if (login.isKept()) {
            hall.core().own(login.client().id(), login.client().principal().name());
        }
        hall.presence().came(login.client());
        while (!early.isEmpty()) {
            channelRead(ctx, early.remove());
        }
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        if (login != null) {
            hall.clients().remove(login.client());
        }
        ctx.fireChannelInactive();
        if (login != null) {
            gone(login);
        }
    }

    private void gone(Login left) {
        if (connected) {
            if (!goodbye) {
                left.will().filter(will -> !will.delayed()).map(Will::message).ifPresent(will -> publish(left, will));
            }
            hall.presence().left(left.client());
            hall.core().left(left.client().id());
        }
        left.client().gone().complete(null);
    }

    /** The engine routes a will, but neither keeps it nor tells anybody inside. */
    private void publish(Login left, Message will) {
        if (will.retain()) {
            hall.core().retain(will.topic(), will.payload(), will.qos());
        }
        hall.audience()
                .tell(will, left.client().principal().name(), hall.clock().instant());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            if (login == null) {
                ctx.close();
            } else {
                login.client().close("keepalive_timeout", KEEP_ALIVE_TIMEOUT);
            }
        } else if (!hall.core().resend(ctx.channel(), event)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    /**
     * A broken connection or a failed handshake is the client's affair: closed, and the engine hears of it as of any other end. What TLS says of it isn't
     * shown: it may quote the first bytes, and with them a password that was sent in the clear.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (login == null && !(cause instanceof IOException)) {
            hall.losses().count("handshake.failed", address(ctx), "did not get as far as MQTT, such as without TLS");
        }
        ctx.close();
    }

    private String name(ChannelHandlerContext ctx) {
        return login == null ? address(ctx) : login.client().id();
    }

    private static String address(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress remote ? remote.getHostString() : "a client";
    }
}
