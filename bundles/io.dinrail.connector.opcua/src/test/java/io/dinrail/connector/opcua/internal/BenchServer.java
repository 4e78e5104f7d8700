package io.dinrail.connector.opcua.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A process of its own with many doubles, every one of which changes ten times a second; ends with its input. */
final class BenchServer extends ManagedNamespaceWithLifecycle {
    static final String NAMESPACE = "urn:test:bench";
    static final int PER_SECOND = 10;

    private final List<DataItem> watched = new CopyOnWriteArrayList<>();
    private double value;

    private BenchServer(OpcUaServer server, int count) {
        super(server, NAMESPACE);
        for (int i = 0; i < count; i++) {
            UaVariableNode.builder(getNodeContext())
                    .setNodeId(newNodeId("Value" + i))
                    .setBrowseName(newQualifiedName("Value" + i))
                    .setDisplayName(LocalizedText.english("Value" + i))
                    .setDataType(OpcUaDataType.Double.getNodeId())
                    .setAccessLevel(AccessLevel.READ_WRITE)
                    .setUserAccessLevel(AccessLevel.READ_WRITE)
                    .setValue(new DataValue(new Variant(0.0)))
                    .buildAndAdd();
        }
    }

    /** @param args port and number of values. */
    public static void main(String[] args) throws Exception {
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setHostname("127.0.0.1")
                .setBindPort(Integer.parseInt(args[0]))
                .setPath("")
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .build();
        OpcUaServer server = new OpcUaServer(
                OpcUaServerConfig.builder()
                        .setApplicationName(LocalizedText.english("bench"))
                        .setApplicationUri("urn:test:bench:server")
                        .setEndpoints(Set.of(endpoint))
                        .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
                        .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
                        .build(),
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        BenchServer values = new BenchServer(server, Integer.parseInt(args[1]));
        values.startup();
        server.startup().get(30, TimeUnit.SECONDS);
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(values::change, 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // whoever started it closes it
        }
        System.exit(0);
    }

    // handed to the items themselves, so that little of the machine goes into the server
    private void change() {
        value += 0.5;
        DataValue now = new DataValue(new Variant(value));
        watched.forEach(item -> item.setValue(now));
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        watched.addAll(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        watched.removeAll(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {}
}
