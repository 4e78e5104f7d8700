package io.dinrail.demo.filler.internal;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyServerTransportConfig;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The filler's Modbus TCP server on loopback; everything it uses ends with {@link #close()}. */
final class FillerServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long SECONDS = 2;

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("dinrail-demo-filler", true));
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final ModbusTcpServer server;

    private FillerServer(FillerProcess process, int wanted) {
        NettyTcpServerTransport transport =
                new NettyTcpServerTransport(NettyServerTransportConfig.create(config -> configure(config, wanted)));
        server = ModbusTcpServer.create(transport, new FillerRegisters(process));
    }

    /** @throws IOException if the port can't be had. */
    static FillerServer listen(FillerProcess process, int wanted) throws IOException, InterruptedException {
        FillerServer filler = new FillerServer(process, wanted);
        try {
            filler.server.start();
            filler.port.get(SECONDS, TimeUnit.SECONDS);
            return filler;
        } catch (ExecutionException | TimeoutException e) {
            filler.close();
            throw new IOException(e);
        } catch (InterruptedException e) {
            filler.close();
            throw e;
        }
    }

    int port() {
        return port.join();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ExecutionException e) {
            // it never listened; the loop below is what matters
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(SECONDS, TimeUnit.SECONDS);
    }

    private void configure(NettyServerTransportConfig.Builder config, int wanted) {
        config.setBindAddress(LOOPBACK)
                .setPort(wanted)
                .setEventLoopGroup(loop)
                .setExecutor(loop)
                .setBootstrapCustomizer(bootstrap -> bootstrap
                        .handler(new PortTeller())
                        .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)));
    }

    /** Hears the port that the system chose, which the library keeps to itself. */
    private final class PortTeller extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            port.complete(((InetSocketAddress) channel.localAddress()).getPort());
            context.fireChannelActive();
        }
    }
}
