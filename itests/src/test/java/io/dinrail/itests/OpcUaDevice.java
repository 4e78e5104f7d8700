package io.dinrail.itests;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** An OPC UA server outside the platform, without security, with one double that clients may write: {@link #ADDRESS}. */
final class OpcUaDevice implements AutoCloseable {
    static final String NAMESPACE = "urn:dinrail:itests";
    static final String ADDRESS = "nsu=" + NAMESPACE + ";s=Speed";

    private final int port;
    private final OpcUaServer server;
    private final Nodes nodes;

    OpcUaDevice(int port) throws Exception {
        this.port = port;
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress("127.0.0.1")
                .setHostname("127.0.0.1")
                .setBindPort(port)
                .setPath("")
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .build();
        server = new OpcUaServer(
                OpcUaServerConfig.builder()
                        .setApplicationName(LocalizedText.english("itests"))
                        .setApplicationUri(NAMESPACE + ":server")
                        .setProductUri(NAMESPACE)
                        .setEndpoints(Set.of(endpoint))
                        .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                        .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                        .build(),
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        nodes = new Nodes(server);
        nodes.startup();
        server.startup().get(30, TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    void speed(double value) {
        nodes.speed.setValue(new DataValue(new Variant(value)));
    }

    double speed() {
        return (Double) nodes.speed.getValue().value().value();
    }

    @Override
    public void close() throws Exception {
        nodes.shutdown();
        server.shutdown().get(30, TimeUnit.SECONDS);
    }

    private static final class Nodes extends ManagedNamespaceWithLifecycle {
        private final SubscriptionModel subscriptions;
        private final UaVariableNode speed;

        Nodes(OpcUaServer server) {
            super(server, NAMESPACE);
            subscriptions = new SubscriptionModel(server, this);
            getLifecycleManager().addLifecycle(subscriptions);
            speed = UaVariableNode.builder(getNodeContext())
                    .setNodeId(newNodeId("Speed"))
                    .setBrowseName(newQualifiedName("Speed"))
                    .setDisplayName(LocalizedText.english("Speed"))
                    .setDataType(NodeIds.Double)
                    .setTypeDefinition(NodeIds.BaseDataVariableType)
                    .setAccessLevel(AccessLevel.READ_WRITE)
                    .setUserAccessLevel(AccessLevel.READ_WRITE)
                    .setValue(new DataValue(new Variant(0.0)))
                    .buildAndAdd();
            speed.addReference(new Reference(
                    speed.getNodeId(),
                    NodeIds.Organizes,
                    NodeIds.ObjectsFolder.expanded(),
                    Reference.Direction.INVERSE));
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
