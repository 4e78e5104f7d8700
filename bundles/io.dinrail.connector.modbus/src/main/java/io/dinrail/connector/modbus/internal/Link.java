package io.dinrail.connector.modbus.internal;

import com.digitalpetri.modbus.MbapHeader;
import com.digitalpetri.modbus.ModbusTcpFrame;
import com.digitalpetri.modbus.tcp.client.NettyClientTransportConfig;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Periods;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection with exactly one request in flight. The library's transport does sockets and frames; which answer belongs to which request is
 * decided here, because the library's client takes any unit's answer and leaves requests waiting when the connection closes. For one thread.
 */
final class Link implements AutoCloseable {
    private static final long CLOSE_MILLIS = 800;

    private record Pending(int transaction, int unit, CompletableFuture<ByteBuffer> answer) {}

    private final ModbusSettings settings;
    private final NettyTcpClientTransport transport;
    private volatile @Nullable Pending pending;
    private volatile @Nullable String broken;
    private int transaction;
    private long lastAnswer;

    private Link(ModbusSettings settings, InetAddress address, EventLoopGroup loop) {
        this.settings = settings;
        this.transport = new NettyTcpClientTransport(
                NettyClientTransportConfig.create(config -> configure(config, settings, address, loop)));
        transport.receive(this::received);
    }

    /** @throws ConnectorException with {@link Reason#LOST} if there is no connection within the timeout. */
    static Link open(ModbusSettings settings, EventLoopGroup loop) throws ConnectorException {
        Link link = new Link(settings, resolve(settings), loop);
        try {
            // Netty's own limit comes first; this one is for a loop that hangs
            await(link.transport.connect(), settings.timeout().toMillis() + CLOSE_MILLIS);
            Thread.sleep(settings.connectDelay().toMillis());
            return link;
        } catch (ExecutionException e) {
            throw link.failed("can't be connected: " + reason(e, settings), e);
        } catch (TimeoutException e) {
            throw link.failed("no connection within " + Periods.format(settings.timeout()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw link.failed("connecting was interrupted", e);
        }
    }

    /**
     * Asks a unit.
     *
     * @param unit whom.
     * @param request function code and what belongs to it.
     * @return its answer, function code first; empty if none came within the timeout.
     * @throws ConnectorException with {@link Reason#LOST} if the connection is of no more use; it is closed then.
     */
    Optional<ByteBuffer> exchange(int unit, byte[] request) throws ConnectorException {
        CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
        try {
            pause();
            transaction = transaction + 1 & 0xFFFF;
            pending = new Pending(transaction, unit, answer);
            if (broken != null) {
                throw failed(unit, broken, null);
            }
            MbapHeader header = new MbapHeader(transaction, 0, request.length + 1, unit);
            CompletableFuture<Void> sent = transport
                    .send(new ModbusTcpFrame(header, ByteBuffer.wrap(request)))
                    .toCompletableFuture();
            sent.whenComplete((done, e) -> {
                if (e != null) {
                    answer.completeExceptionally(e);
                }
            });
            return Optional.of(await(answer, settings.timeout().toMillis()));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw failed(unit, broken != null ? broken : reason(e, settings), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(unit, "the exchange was interrupted", e);
        } finally {
            pending = null;
            lastAnswer = System.nanoTime();
        }
    }

    /** @return the exception to throw after closing this connection, which is of no more use. */
    ConnectorException failed(int unit, @Nullable String what, @Nullable Throwable cause) {
        return failed("unit " + unit + ": " + what, cause);
    }

    @Override
    public void close() {
        Future<Void> closed = transport.disconnect();
        try {
            closed.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // the event loop lets go of the socket as soon as it can
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ConnectorException failed(String what, @Nullable Throwable cause) {
        close();
        String message = settings.target() + " " + what;
        return cause == null
                ? new ConnectorException(Reason.LOST, message)
                : new ConnectorException(Reason.LOST, message, cause);
    }

    private void configure(
            NettyClientTransportConfig.Builder config,
            ModbusSettings settings,
            InetAddress address,
            EventLoopGroup loop) {
        config.setHostname(address.getHostAddress())
                .setPort(settings.port())
                .setConnectTimeout(settings.timeout())
                // the host of connectors decides when to connect again
                .setConnectPersistent(false)
                .setReconnectLazy(true)
                .setEventLoopGroup(loop)
                .setExecutor(loop)
                .setChannelFsmCustomizer(fsm -> fsm.setScheduler(loop))
                // frames are small and rare: an arena of megabytes for them is waste
                .setBootstrapCustomizer(
                        bootstrap -> bootstrap.option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)))
                .setPipelineCustomizer(pipeline -> pipeline.addFirst(new MbapGuard(this::broke)));
    }

    private void received(ModbusTcpFrame frame) {
        Pending waiting = pending;
        // an answer that nobody waits for any more is late, not wrong
        if (waiting == null || frame.header().transactionId() != waiting.transaction) {
            return;
        }
        if (frame.header().unitId() == waiting.unit) {
            waiting.answer.complete(frame.pdu());
        } else {
            broke("was asked, and unit " + frame.header().unitId() + " answered");
        }
    }

    private void broke(String why) {
        if (broken == null) {
            broken = why;
        }
        Pending waiting = pending;
        if (waiting != null) {
            waiting.answer.completeExceptionally(new IllegalStateException(why));
        }
    }

    private void pause() throws InterruptedException {
        long sinceAnswer = System.nanoTime() - lastAnswer;
        long rest = settings.requestGap().toNanos() - sinceAnswer;
        if (transaction > 0 && rest > 0) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
    }

    private static <T> T await(CompletableFuture<T> future, long millis)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(millis, TimeUnit.MILLISECONDS);
    }

    // on the connector's own thread, for Netty would block its loop with it
    private static InetAddress resolve(ModbusSettings settings) throws ConnectorException {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new ConnectorException(
                    Reason.LOST, settings.target() + " can't be connected: no address is known for this host", e);
        }
    }

    private static String reason(ExecutionException failure, ModbusSettings settings) {
        Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
        if (cause instanceof ConnectTimeoutException) {
            return "no answer within " + Periods.format(settings.timeout());
        }
        String message = String.valueOf(cause.getMessage());
        int address = message.indexOf(": /"); // Netty appends the address, which stands in front already
        return address < 0 ? message : message.substring(0, address);
    }
}
