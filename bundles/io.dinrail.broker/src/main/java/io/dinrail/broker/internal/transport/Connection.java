package io.dinrail.broker.internal.transport;

import io.dinrail.broker.internal.link.Link;
import io.dinrail.broker.internal.link.LinkHandler;
import io.dinrail.broker.internal.link.Peer;
import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection behind TLS and frames: gives its handler packets and takes bytes from it. */
final class Connection extends ChannelInboundHandlerAdapter implements Link {
    /** The last that is written: a WebSocket makes a close frame of it. */
    static final ByteBuf LAST = Unpooled.EMPTY_BUFFER;

    /** How far it is; there is no way back. */
    private enum State {
        OPEN,
        /** Only what was written leaves. */
        CLOSING,
        /** The handler knows that it is gone. */
        GONE
    }

    private final Shared shared;
    private final Channel channel;
    private final Peer peer;
    private final Intake intake;
    private LinkHandler handler = Nobody.HERE;
    private State state = State.OPEN;
    // What comes is not looked at any more.
    private boolean deaf;
    private boolean turn;
    private boolean full;
    private @Nullable Future<?> deadline;

    Connection(Shared shared, Channel channel, Peer peer) {
        this.shared = shared;
        this.channel = channel;
        this.peer = peer;
        this.intake = new Intake(shared.settings().bounds().largestPacket(), channel.alloc());
    }

    @Override
    public EventExecutor loop() {
        return channel.eventLoop();
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!channel.isActive()) {
            state = State.GONE;
            return;
        }
        endIn(shared.limits().firstPacket(), () -> {
            shared.losses().count("connect.late", peer.host(), "sent no CONNECT in time: closed");
            abort();
        });
        try {
            handler = shared.acceptor().accept(this);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (deaf) {
            bytes.release();
            return;
        }
        intake.add(bytes);
        try {
            give();
        } catch (MalformedPacket e) {
            malformed(e);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        if (deaf) {
            intake.clear();
        }
    }

    private void give() throws MalformedPacket {
        while (!deaf) {
            Packet packet = intake.next();
            if (packet == null) {
                return;
            }
            if (deadline != null) {
                endNever();
            }
            turn = true;
            handler.received(packet);
        }
    }

    private void malformed(MalformedPacket why) {
        deaf = true;
        channel.config().setAutoRead(false);
        endIn(shared.limits().linger().multipliedBy(2), this::abort);
        try {
            handler.malformed(why, intake.version());
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        intake.settle();
        if (!turn) {
            return;
        }
        turn = false;
        tell(LinkHandler::turnEnded);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!channel.isWritable()) {
            full = true;
        } else if (full) {
            // Later, since the handler may be in the middle of writing.
            loop().execute(this::tellWritable);
        }
    }

    private void tellWritable() {
        if (full && channel.isWritable() && state == State.OPEN) {
            full = false;
            tell(LinkHandler::writable);
        }
    }

    /** What was heard in the turn in which the handler ordered to close still has its end. */
    private void tell(Consumer<LinkHandler> what) {
        if (state == State.GONE) {
            return;
        }
        try {
            what.accept(handler);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable why) {
        turn = false;
        shared.losses().count("connection.failed", peer.host(), "a connection failed and is closed", why);
        abort();
    }

    @Override
    public void write(ByteBuf bytes) {
        if (state == State.OPEN && bytes.isReadable()) {
            channel.write(bytes, channel.voidPromise());
        } else {
            bytes.release();
        }
    }

    @Override
    public void flush() {
        if (state == State.OPEN) {
            channel.flush();
        }
    }

    @Override
    public long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void reading(boolean on) {
        if (!deaf) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void largestPacket(int bytes) {
        intake.largestPacket(bytes);
    }

    @Override
    public void close() {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSING;
        deaf = true;
        endIn(shared.limits().linger(), this::abort);
        channel.writeAndFlush(LAST).addListener(sent -> loop().execute(this::said));
    }

    /** Closes this side only and reads on: a socket that is closed with something unread takes back what it sent. */
    private void said() {
        gone();
        channel.config().setAutoRead(true);
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdownOutput();
        } else {
            tls.closeOutbound().addListener(told -> shutdownOutput());
        }
    }

    private void shutdownOutput() {
        ((DuplexChannel) channel).shutdownOutput();
    }

    @Override
    public void abort() {
        deaf = true;
        if (state == State.OPEN) {
            state = State.CLOSING;
        }
        Connections.abort(channel);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endNever();
        deaf = true;
        intake.clear();
        gone();
    }

    private void gone() {
        if (state == State.GONE) {
            return;
        }
        state = State.GONE;
        try {
            handler.closed();
        } catch (RuntimeException | Error e) {
            shared.losses().count("connection.failed", peer.host(), "the end of a connection failed", e);
        }
    }

    /** That the other side breaks off is nothing to tell; what breaks on this side is. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            abort();
        } else if (cause instanceof DecoderException) {
            shared.losses().count("connection.malformed", peer.host(), "sends what is no TLS or WebSocket: closed");
            abort();
        } else {
            failed(cause);
        }
    }

    private void endIn(Duration time, Runnable end) {
        endNever();
        deadline = loop().schedule(end, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void endNever() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
