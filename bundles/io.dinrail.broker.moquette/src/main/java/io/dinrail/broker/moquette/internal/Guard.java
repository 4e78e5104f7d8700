package io.dinrail.broker.moquette.internal;

import io.dinrail.identity.api.AccessListener;
import io.dinrail.identity.api.Action;
import io.dinrail.identity.api.Admission.Reason;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one client and the engine. The engine never sees a packet that is malformed or refused, nor a will or a secret, since it keeps such
 * connections open, lets wills and shared subscriptions pass unasked, and doesn't bind a client id to a login; and no message leaves unasked. Used by the
 * channel's own loop only.
 */
final class Guard extends ChannelDuplexHandler {
    private static final int SECONDS_TO_CONNECT = 10;
    private static final int SECONDS_TO_REPLACE = 5;
    private static final int MS_BETWEEN_LOOKS = 1;
    private static final int NOT_AUTHORISED = 0x87;
    private static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    private static final int TAKEN_OVER = 0x8E;

    private final Hall hall;
    private final Deque<MqttMessage> early = new ArrayDeque<>();
    private @Nullable Entrance entrance;
    private @Nullable Seat seat;
    private boolean accepted;
    private boolean connected;
    private boolean closing;
    private boolean changedMeanwhile;

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
        } else if (connected && seat != null) {
            pass(ctx, seat, packet);
        } else if (entrance != null) {
            early.add(packet); // no more than the decoder had in its hands: reading is off
        } else if (packet instanceof MqttConnectMessage connect) {
            connect(ctx, connect);
        } else {
            throw new Malformed(Malformed.PROTOCOL, "a packet before CONNECT");
        }
    }

    private void undecoded(ChannelHandlerContext ctx, Throwable cause) throws Malformed {
        if (entrance == null && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuse(ctx, Refused.version(), false);
            return;
        }
        boolean large = cause instanceof TooLongFrameException;
        throw new Malformed(
                large ? Malformed.TOO_LARGE : Malformed.PACKET,
                large
                        ? "a packet of more than " + hall.settings().bounds().largestPacket() + " bytes"
                        : "a malformed packet");
    }

    private void throwOut(ChannelHandlerContext ctx, Malformed e) {
        closing = true;
        hall.losses().count(e.loss(), name(ctx), "sent " + e.getMessage() + ": closed");
        if (seat == null) {
            ctx.close();
        } else {
            seat.client().close("protocol_error", e.code());
        }
    }

    private void connect(ChannelHandlerContext ctx, MqttConnectMessage connect) throws Malformed {
        var header = connect.variableHeader();
        if (header.willQos() > 2 || !header.isWillFlag() && (header.willQos() > 0 || header.isWillRetain())) {
            throw new Malformed(Malformed.PACKET, "a CONNECT with a will that can't be");
        }
        if (header.isWillFlag()) {
            Enclosed.checkWill(connect.payload().willProperties());
        }
        ctx.channel().config().setAutoRead(false);
        Entrance asked = new Entrance(
                hall, ctx, connect, login -> admit(ctx, login), e -> refuse(ctx, e, header.version() == 5));
        entrance = asked;
        asked.ask(new Watch(ctx));
    }

    /** Identity's word reaches this connection on its own loop. */
    private final class Watch implements AccessListener {
        private final ChannelHandlerContext ctx;
        private final AtomicBoolean told = new AtomicBoolean();

        Watch(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        @Override
        public void changed() {
            if (told.compareAndSet(false, true)) {
                onLoop(() -> {
                    told.set(false);
                    recheck();
                });
            }
        }

        @Override
        public void ended(End why) {
            onLoop(() -> end(ctx, why));
        }

        private void onLoop(Runnable step) {
            try {
                ctx.executor().execute(step);
            } catch (RejectedExecutionException e) {
                // the broker has stopped, and the connection with it
            }
        }
    }

    private void recheck() {
        if (seat == null || !connected) {
            changedMeanwhile = true;
            return;
        }
        Client client = seat.client();
        seat.pace().limit();
        seat.farewell().recheck();
        seat.login().core().recheck(client.id(), filter -> hall.allows(client, Action.SUBSCRIBE, filter), () -> {
            if (client.isVersion5()) {
                client.close("rules_changed", NOT_AUTHORISED);
            }
        });
    }

    private void end(ChannelHandlerContext ctx, AccessListener.End why) {
        if (seat == null) {
            refuse(ctx, Refused.of(Reason.BARRED), entrance != null && entrance.isVersion5());
            return;
        }
        seat.farewell().ended(why);
        if (!closing) {
            closing = true;
            seat.client().close("credential_" + why.name().toLowerCase(Locale.ROOT), NOT_AUTHORISED);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refused e, boolean isVersion5) {
        if (closing) {
            return;
        }
        closing = true;
        if (e.getCause() == null) {
            hall.losses().count(e.loss(), address(ctx), String.valueOf(e.getMessage()));
        } else {
            hall.losses().count(e.loss(), address(ctx), String.valueOf(e.getMessage()), e.getCause());
        }
        Answers.refuse(ctx, e.code(isVersion5));
    }

    /** Whoever is replaced leaves first, so that the engine sees one after the other, and its will is published. */
    private void admit(ChannelHandlerContext ctx, Login login) {
        if (closing) {
            return;
        }
        Client client = login.client();
        Clients.Admission admission = hall.clients().admit(client);
        if (!admission.admitted()) {
            Refused taken = Refused.clientId("client id '" + client.id() + "' is refused: another login uses it");
            refuse(ctx, taken, client.isVersion5());
            return;
        }
        seat = Seat.of(hall, login);
        if (admission.replaced().isEmpty()) {
            enter(ctx, login);
            return;
        }
        Client replaced = admission.replaced().get();
        replaced.close("takeover", TAKEN_OVER);
        replaced.gone()
                .completeOnTimeout(null, SECONDS_TO_REPLACE, TimeUnit.SECONDS)
                .thenRun(() -> ctx.executor().execute(() -> enter(ctx, login)));
    }

    private void enter(ChannelHandlerContext ctx, Login login) {
        Client client = login.client();
        if (closing || !ctx.channel().isActive()) {
            return;
        }
        long issued = hall.offices()
                .issuedAt()
                .apply(client.principal().login())
                .map(Instant::toEpochMilli)
                .orElse(0L);
        login.core().own(client.id(), client.owner(), issued, login.isKept());
        // a session that was away missed what changed
        login.core().recheck(client.id(), filter -> hall.allows(client, Action.SUBSCRIBE, filter), () -> {});
        hall.wills().returned(client, login.isClean());
        login.core().attach(ctx);
        ctx.fireChannelRead(login.packet());
    }

    private void pass(ChannelHandlerContext ctx, Seat client, MqttMessage packet) throws Malformed {
        if (packet instanceof MqttPublishMessage publish) {
            client.publishing().publish(ctx, publish);
            client.pace().published(ctx);
        } else if (packet instanceof MqttSubscribeMessage subscribe) {
            client.subscribing().subscribe(ctx, subscribe);
        } else if (packet instanceof MqttUnsubscribeMessage unsubscribe) {
            client.subscribing().unsubscribe(ctx, unsubscribe);
        } else {
            passOther(ctx, client, packet);
        }
    }

    private void passOther(ChannelHandlerContext ctx, Seat client, MqttMessage packet) throws Malformed {
        switch (packet.fixedHeader().messageType()) {
            case PUBACK, PUBREC, PUBCOMP, PINGREQ -> ctx.fireChannelRead(packet);
            case PUBREL -> client.publishing().release(ctx, packet);
            case DISCONNECT -> {
                closing = true; // nothing follows it
                client.farewell().said(packet);
                ctx.fireChannelRead(packet);
            }
            default ->
                throw new Malformed(
                        Malformed.PROTOCOL,
                        "a " + packet.fixedHeader().messageType() + " that a client doesn't send here");
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object written, ChannelPromise promise) {
        if (seat == null) {
            ctx.write(written, promise);
        } else if (written instanceof MqttPublishMessage publish) {
            seat.delivery().publish(ctx, publish, promise, closing);
        } else {
            write(ctx, seat, written, promise);
        }
    }

    private void write(ChannelHandlerContext ctx, Seat client, Object written, ChannelPromise promise) {
        if (written instanceof MqttConnAckMessage answer) {
            ctx.write(client.login().amended(answer), promise);
            if (answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                accepted = true;
                promise.addListener(sent -> awaitEngine(ctx));
            }
        } else if (written instanceof MqttSubAckMessage answer) {
            ctx.write(client.subscribing().answer(answer), promise);
        } else if (written instanceof MqttUnsubAckMessage answer) {
            ctx.write(client.subscribing().answer(answer), promise);
        } else if (written instanceof MqttMessage packet
                && packet.fixedHeader().messageType() == MqttMessageType.PUBREL) {
            client.delivery().release(ctx, packet, promise);
        } else {
            ctx.write(written, promise);
        }
    }

    /** The engine says yes before it is ready, and closes on a SUBSCRIBE that comes in between; so that waits here. */
    private void awaitEngine(ChannelHandlerContext ctx) {
        if (seat == null || closing) {
            return;
        }
        if (seat.login().core().connected(ctx.channel())) {
            begin(ctx, seat);
        } else if (ctx.channel().isActive()) {
            ctx.executor().schedule(() -> awaitEngine(ctx), MS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        }
    }

    private void begin(ChannelHandlerContext ctx, Seat client) {
        if (connected || !ctx.channel().isActive()) {
            return;
        }
        connected = true;
        client.farewell().begin();
        hall.presence().came(client.client().principal());
        if (changedMeanwhile) {
            recheck();
        }
        while (!early.isEmpty()) {
            channelRead(ctx, early.remove());
        }
        if (!client.pace().paused()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        if (seat != null) {
            hall.clients().remove(seat.client());
            seat.farewell().limitSession();
        }
        ctx.fireChannelInactive();
        if (seat != null) {
            seat.farewell().gone(accepted, connected);
        }
        if (entrance != null) {
            entrance.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            idle(ctx);
        } else if (seat == null || !seat.login().core().resend(ctx.channel(), event)) {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** Whoever is not read from can't be heard. */
    private void idle(ChannelHandlerContext ctx) {
        if (seat == null) {
            ctx.close();
        } else if (!seat.pace().paused()) {
            seat.client().close("keepalive_timeout", KEEP_ALIVE_TIMEOUT);
        }
    }

    /**
     * A broken connection or a failed handshake is the client's affair: closed, and the engine hears of it as of any other end. What TLS says of it isn't
     * shown: it may quote the first bytes, and with them a password that was sent in the clear.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (entrance == null && !(cause instanceof IOException)) {
            hall.losses().count("handshake.failed", address(ctx), "did not get as far as MQTT, such as without TLS");
        }
        ctx.close();
    }

    private String name(ChannelHandlerContext ctx) {
        return seat == null ? address(ctx) : seat.client().shownId();
    }

    private static String address(ChannelHandlerContext ctx) {
        return ctx.channel().remoteAddress() instanceof InetSocketAddress remote ? remote.getHostString() : "a client";
    }
}
