package io.dinrail.connector.opcua.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;

/** A server (Milo's) that calls itself by a name nobody knows, and whose variables a test makes up. */
final class TestServer implements AutoCloseable {
    static final String NAMESPACE = "urn:test:plc";

    final List<String> logins = new CopyOnWriteArrayList<>();
    final List<X509Certificate> clients = new CopyOnWriteArrayList<>();
    private final int port;
    private final @Nullable OwnCertificate identity;
    private final OpcUaServerConfigLimits limits;
    private final Archive archive;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private OpcUaServer server;
    private Nodes nodes;

    TestServer() throws Exception {
        this(freePort());
    }

    TestServer(int port) throws Exception {
        this(port, null);
    }

    /** A server with every policy in both modes, and all kinds of login; the password is "right". */
    TestServer(int port, @Nullable OwnCertificate identity) throws Exception {
        this(port, identity, new OpcUaServerConfigLimits() {}, new Archive(), List.of());
    }

    /** A server that takes so much at once, remembers that, and has these namespaces before its own. */
    TestServer(
            int port,
            @Nullable OwnCertificate identity,
            OpcUaServerConfigLimits limits,
            Archive archive,
            List<String> namespacesBefore)
            throws Exception {
        this.port = port;
        this.identity = identity;
        this.limits = limits;
        this.archive = archive;
        server = new OpcUaServer(
                config(),
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        namespacesBefore.forEach(server.getNamespaceTable()::add);
        nodes = new Nodes(server, archive);
        nodes.startup();
        server.startup().get(30, TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    String endpoint() {
        return "opc.tcp://127.0.0.1:" + port;
    }

    UaVariableNode variable(String name, OpcUaDataType type, Object value) {
        return nodes.variable(name, type, value, AccessLevel.READ_WRITE);
    }

    UaVariableNode sensor(String name, OpcUaDataType type, Object value) {
        return nodes.variable(name, type, value, AccessLevel.READ_ONLY);
    }

    /** Gives a variable a value of this time, which the archive remembers. */
    void set(UaVariableNode node, Object value, Instant at) {
        DataValue set = new DataValue(new Variant(value), StatusCode.GOOD, new DateTime(at));
        archive.add(node.getNodeId().getIdentifier().toString(), set);
        node.setValue(set);
    }

    OpcUaServer server() {
        return server;
    }

    UaNodeContext context() {
        return nodes.context();
    }

    NodeId id(String name) {
        return nodes.id(name);
    }

    @Override
    public void close() throws Exception {
        nodes.shutdown();
        server.shutdown().get(5, TimeUnit.SECONDS);
        timer.shutdownNow();
    }

    private OpcUaServerConfig config() throws Exception {
        return OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("test"))
                .setApplicationUri("urn:test:server")
                .setEndpoints(identity == null ? Set.of(open()) : protectedEndpoints())
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(login -> {
                            logins.add(login.getUsername() + ":" + login.getPassword());
                            return login.getPassword().equals("right");
                        }),
                        new X509IdentityValidator(certificate -> {
                            logins.add(certificate.getSubjectX500Principal().getName());
                            return true;
                        })))
                .setCertificateManager(certificates())
                .setLimits(limits)
                .setScheduledExecutor(timer)
                .build();
    }

    private DefaultCertificateManager certificates() throws Exception {
        MemoryCertificateQuarantine quarantine = new MemoryCertificateQuarantine();
        if (identity == null) {
            return new DefaultCertificateManager(quarantine);
        }
        MemoryCertificateStore store = new MemoryCertificateStore();
        store.set(
                NodeIds.RsaSha256ApplicationCertificateType,
                new CertificateStore.Entry(
                        identity.keys().getPrivate(), new X509Certificate[] {identity.certificate()}));
        return new DefaultCertificateManager(
                quarantine,
                DefaultApplicationGroup.createAndInitialize(
                        new MemoryTrustListManager(),
                        store,
                        new NoFactory(),
                        (chain, uri, hosts) -> clients.add(chain.get(0))));
    }

    private Set<EndpointConfig> protectedEndpoints() {
        Set<EndpointConfig> endpoints = new HashSet<>();
        endpoints.add(open());
        for (SecurityPolicy policy : List.of(
                SecurityPolicy.Basic256Sha256,
                SecurityPolicy.Aes128_Sha256_RsaOaep,
                SecurityPolicy.Aes256_Sha256_RsaPss)) {
            for (MessageSecurityMode mode : List.of(MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt)) {
                endpoints.add(endpoint(policy, mode));
            }
        }
        return endpoints;
    }

    private EndpointConfig open() {
        return endpoint(SecurityPolicy.None, MessageSecurityMode.None);
    }

    private EndpointConfig endpoint(SecurityPolicy policy, MessageSecurityMode mode) {
        EndpointConfig.Builder endpoint = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setHostname("plc.invalid")
                .setBindPort(port)
                .setPath("")
                .setSecurityPolicy(policy)
                .setSecurityMode(mode)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
        if (identity != null) {
            endpoint.setCertificate(identity.certificate())
                    .addTokenPolicies(
                            // Milo's server stumbles over a policy that is left to the channel
                            new UserTokenPolicy("password", UserTokenType.UserName, null, null, policy.getUri()),
                            new UserTokenPolicy("certificate", UserTokenType.Certificate, null, null, policy.getUri()));
        }
        return endpoint.build();
    }

    // the library can't say which port it was given for 0
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** The certificate is there already. */
    private static final class NoFactory extends RsaSha256CertificateFactory {
        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Nodes extends ManagedNamespaceWithLifecycle {
        private final SubscriptionModel subscriptions;

        private final Archive archive;

        Nodes(OpcUaServer server, Archive archive) {
            super(server, NAMESPACE);
            this.archive = archive;
            subscriptions = new SubscriptionModel(server, this);
            getLifecycleManager().addLifecycle(subscriptions);
        }

        UaNodeContext context() {
            return getNodeContext();
        }

        NodeId id(String name) {
            return newNodeId(name);
        }

        UaVariableNode variable(String name, OpcUaDataType type, Object value, Set<AccessLevel> access) {
            return UaVariableNode.builder(getNodeContext())
                    .setNodeId(newNodeId(name))
                    .setBrowseName(newQualifiedName(name))
                    .setDisplayName(LocalizedText.english(name))
                    .setDataType(type.getNodeId())
                    .setValueRank(value.getClass().isArray() ? 1 : -1)
                    .setAccessLevel(access)
                    .setUserAccessLevel(access)
                    .setValue(new DataValue(new Variant(value)))
                    .buildAndAdd();
        }

        @Override
        public List<HistoryReadResult> historyRead(
                HistoryReadContext context,
                HistoryReadDetails details,
                TimestampsToReturn timestamps,
                List<HistoryReadValueId> nodes) {
            return archive.read(getServer(), (ReadRawModifiedDetails) details, nodes);
        }

        @Override
        public void onDataItemsCreated(List<DataItem> items) {
            subscriptions.onDataItemsCreated(items);
        }

        @Override
        public void onDataItemsModified(List<DataItem> items) {
            subscriptions.onDataItemsModified(items);
        }

        @Override
        public void onDataItemsDeleted(List<DataItem> items) {
            subscriptions.onDataItemsDeleted(items);
        }

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> items) {
            subscriptions.onMonitoringModeChanged(items);
        }
    }
}
