package io.dinrail.demo.labeller.internal;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** The labeller's OPC UA server on loopback, without security and without a file; everything it uses ends with {@link #close()}. */
final class LabellerServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 1;

    private final ServerThreads threads = new ServerThreads();
    private final int port;
    private final OpcUaServer server;
    private final LabellerNodes nodes;

    private LabellerServer(LabellerProcess process, int port) {
        this.port = port;
        server = new OpcUaServer(
                config(),
                profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder()
                        .setEventLoop(threads.loop)
                        .setExecutor(threads.workers)
                        .setBootstrapCustomizer(bootstrap ->
                                bootstrap.childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false)))
                        .build()));
        nodes = new LabellerNodes(server, process);
        nodes.startup();
    }

    /** @throws IOException if the port can't be had. */
    static LabellerServer listen(LabellerProcess process, int wanted) throws IOException, InterruptedException {
        LabellerServer labeller = new LabellerServer(process, available(wanted));
        try {
            labeller.server.startup().get(START_SECONDS, TimeUnit.SECONDS);
            return labeller;
        } catch (ExecutionException | TimeoutException e) {
            labeller.close();
            throw new IOException(e);
        } catch (InterruptedException e) {
            labeller.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    void exchange() {
        nodes.exchange();
    }

    @Override
    public void close() {
        try {
            nodes.shutdown();
            server.shutdown().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // its threads end below, and with them everything else
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }

    /** @return the wanted port, or a free one for 0: the library needs to know it before it listens; building the server takes a second, this none. */
    private static int available(int wanted) throws IOException {
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getByName(LOOPBACK))) {
            return probe.getLocalPort();
        }
    }

    private OpcUaServerConfig config() {
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress(LOOPBACK)
                .setHostname(LOOPBACK)
                .setBindPort(port)
                .setPath("")
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .build();
        return OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("Dinrail demo labeller"))
                .setApplicationUri(LabellerNodes.NAMESPACE + ":server")
                .setProductUri("urn:dinrail:demo")
                .setEndpoints(Set.of(endpoint))
                .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                .setExecutor(threads.workers)
                .setScheduledExecutor(threads.timer)
                .build();
    }
}
