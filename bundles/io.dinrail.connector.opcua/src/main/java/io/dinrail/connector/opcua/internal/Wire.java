package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Meter;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaServiceFaultException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.AbstractUascClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.uasc.ClientSecureChannel;
import org.eclipse.milo.opcua.stack.transport.client.uasc.InboundUascResponseHandler.DelegatingUascResponseHandler;
import org.eclipse.milo.opcua.stack.transport.client.uasc.UascClientAcknowledgeHandler;

/** One connection with its secure channel, once: unlike the library's own it never connects again by itself. Counts what passes. */
final class Wire extends AbstractUascClientTransport {
    /** So many answers may come too late on one connection, or twice. */
    private static final int MOST_UNEXPECTED = 100;

    private final OpcTcpClientTransportConfig config;
    private final InetSocketAddress address;
    private final Meter meter;
    private final CompletableFuture<Channel> channel = new CompletableFuture<>();
    private final AtomicInteger bytesIn = new AtomicInteger();
    private final AtomicInteger bytesOut = new AtomicInteger();
    private final AtomicInteger unexpected = new AtomicInteger();
    private volatile long heardAt = System.nanoTime();
    private volatile boolean ended;
    private volatile Consumer<String> lost = why -> {};

    Wire(OpcTcpClientTransportConfig config, InetSocketAddress address, Meter meter) {
        super(config);
        this.config = config;
        this.address = address;
        this.meter = meter;
    }

    /** @param lost is told once the connection is gone, on a thread of the network: it must not block. */
    void whenLost(Consumer<String> listener) {
        lost = listener;
    }

    /** @return when the last byte came, by {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    @Override
    public OpcTcpClientTransportConfig getConfig() {
        return config;
    }

    @Override
    public CompletableFuture<Unit> connect(ClientApplicationContext application) {
        CompletableFuture<ClientSecureChannel> handshake = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap()
                .channel(NioSocketChannel.class)
                .group(config.getEventLoop())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        config.getConnectTimeout().intValue())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline()
                                .addLast(new DelegatingUascResponseHandler(Wire.this))
                                .addLast(new UascClientAcknowledgeHandler(
                                        config, application, requestId::getAndIncrement, handshake));
                    }
                });
        config.getBootstrapCustomizer().accept(bootstrap);
        ChannelFuture connecting = bootstrap.connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                handshake.completeExceptionally(done.cause());
            }
        });
        handshake.whenComplete((secure, failure) -> {
            if (failure == null) {
                // the library has put its decoder in front
                secure.getChannel().pipeline().addFirst(new Gauge());
                if (!channel.complete(secure.getChannel())) {
                    secure.getChannel().close(); // nobody waits for it any more
                }
            } else {
                channel.completeExceptionally(failure);
                connecting.channel().close();
            }
        });
        return channel.thenApply(made -> Unit.VALUE);
    }

    /** Closes the connection at once; what waits for an answer fails. */
    @Override
    public CompletableFuture<Unit> disconnect() {
        ended = true;
        channel.completeExceptionally(closed());
        if (!channel.isCompletedExceptionally()) {
            channel.join().close();
        }
        return CompletableFuture.completedFuture(Unit.VALUE);
    }

    boolean isOpen() {
        return !ended
                && channel.isDone()
                && !channel.isCompletedExceptionally()
                && channel.join().isActive();
    }

    @Override
    protected CompletableFuture<Channel> getChannel() {
        return channel;
    }

    @Override
    public CompletableFuture<UaResponseMessageType> sendRequestMessage(UaRequestMessageType request) {
        // a publish request waits for news; how long says nothing about the server
        if (request instanceof PublishRequest) {
            return super.sendRequestMessage(request).thenApply(answer -> checked(request, answer));
        }
        long sent = System.nanoTime();
        meter.requested(bytesOut.getAndSet(0));
        return super.sendRequestMessage(request)
                .thenApply(answer -> checked(request, answer))
                .whenComplete((answer, failure) -> count(failure, System.nanoTime() - sent));
    }

    /** The library looks at neither: it would hand out what was meant for another request. */
    private UaResponseMessageType checked(UaRequestMessageType request, UaResponseMessageType answer) {
        String wanted = request.getClass().getSimpleName().replace("Request", "Response");
        String got = answer.getClass().getSimpleName();
        if (!got.equals(wanted)) {
            throw accused("wrong-service", "answered with a " + got + " where a " + wanted + " was asked for");
        }
        if (!request.getRequestHeader()
                .getRequestHandle()
                .equals(answer.getResponseHeader().getRequestHandle())) {
            throw accused("wrong-handle", "answered another request than the one that was made");
        }
        return answer;
    }

    private CompletionException accused(String kind, String what) {
        accuse(kind, what);
        return new CompletionException(new Misconduct(what));
    }

    @Override
    public void handleResponse(long request, UaResponseMessageType answer) {
        if (isExpected(request)) {
            super.handleResponse(request, answer);
        }
    }

    @Override
    public void handleReceiveFailure(long request, UaException failure) {
        if (isExpected(request)) {
            super.handleReceiveFailure(request, failure);
        }
    }

    // the library would write a line of the log for each
    private boolean isExpected(long request) {
        if (pendingRequests.containsKey(request)) {
            return true;
        }
        boolean neverMade = request >= requestId.get();
        if (neverMade || unexpected.incrementAndGet() > MOST_UNEXPECTED) {
            accuse(
                    "unasked",
                    neverMade ? "answered a request that was never made" : "sends the same answers again and again");
        } else {
            meter.invalid("late");
        }
        return false;
    }

    /** Ends the connection for what the server did on it. */
    private void accuse(String kind, String what) {
        if (!ended) {
            ended = true;
            meter.invalid(kind);
            super.handleChannelError(new Misconduct(what));
            lost.accept(what);
            disconnect();
        }
    }

    @Override
    public void handleChannelInactive() {
        super.handleChannelInactive();
        lost.accept("the server closed the connection");
    }

    @Override
    public void handleChannelError(UaException failure) {
        super.handleChannelError(failure);
        meter.invalid(Statuses.name(failure.getStatusCode()));
        lost.accept("the connection failed: " + Statuses.name(failure.getStatusCode()));
    }

    private void count(Throwable failure, long nanos) {
        if (failure == null) {
            meter.answered(bytesIn.getAndSet(0), nanos);
            return;
        }
        UaException known = UaException.extract(failure).orElse(null);
        if (known instanceof UaServiceFaultException) {
            meter.answered(bytesIn.getAndSet(0), nanos);
            meter.refused(Statuses.name(known.getStatusCode()));
        } else if (known != null && known.getStatusCode().value() == StatusCodes.Bad_Timeout) {
            meter.timedOut();
        }
    }

    private static UaException closed() {
        return new UaException(StatusCodes.Bad_ConnectionClosed, "the connection is closed");
    }

    /** Counts bytes, and keeps the time of the last ones. */
    private final class Gauge extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            heardAt = System.nanoTime();
            if (message instanceof ByteBuf bytes) {
                bytesIn.addAndGet(bytes.readableBytes());
            }
            super.channelRead(context, message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof ByteBuf bytes) {
                bytesOut.addAndGet(bytes.readableBytes());
            }
            super.write(context, message, promise);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
            ended |= cause instanceof IOException; // reset by the server
            super.exceptionCaught(context, cause);
        }

        // the library closes the connection when it can't go on with what it got, and keeps to itself why
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
            accuse("undecodable", "sent what can't be understood");
            super.close(context, promise);
        }
    }
}
