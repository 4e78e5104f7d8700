package io.dinrail.demo.labeller.internal;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.jspecify.annotations.Nullable;

/** The labeller's address space: {@code s=Labeller.Temperature}, {@code .Labels}, and, writable, {@code .Running} and {@code .Speed}. */
final class LabellerNodes extends ManagedNamespaceWithLifecycle {
    static final String NAMESPACE = "urn:dinrail:demo:labeller";

    private static final String ROOT = "Labeller";

    private final SubscriptionModel subscriptions;
    private final LabellerProcess process;
    private final UaVariableNode temperature;
    private final UaVariableNode labels;
    private final UaVariableNode running;
    private final UaVariableNode speed;

    LabellerNodes(OpcUaServer server, LabellerProcess process) {
        super(server, NAMESPACE);
        this.process = process;
        subscriptions = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(subscriptions);
        UaFolderNode folder = folder();
        temperature = variable(
                folder, "Temperature", OpcUaDataType.Double, AccessLevel.READ_ONLY.toArray(AccessLevel[]::new));
        labels = variable(folder, "Labels", OpcUaDataType.UInt32, AccessLevel.READ_ONLY.toArray(AccessLevel[]::new));
        running =
                variable(folder, "Running", OpcUaDataType.Boolean, AccessLevel.READ_WRITE.toArray(AccessLevel[]::new));
        speed = variable(folder, "Speed", OpcUaDataType.Double, AccessLevel.READ_WRITE.toArray(AccessLevel[]::new));
        show(running, process.running());
        show(speed, process.speed());
        exchange();
    }

    /** Hands what clients wrote to the process, and shows what the process made of it. */
    void exchange() {
        if (shown(running) instanceof Boolean wanted) {
            process.running(wanted);
        }
        if (shown(speed) instanceof Double wanted) {
            process.speed(wanted);
        }
        show(temperature, process.temperature());
        show(labels, Unsigned.uint(process.labels()));
        show(running, process.running());
        show(speed, process.speed());
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

    // a value that stands keeps its time
    private static void show(UaVariableNode node, Object value) {
        if (!value.equals(shown(node))) {
            node.setValue(new DataValue(new Variant(value)));
        }
    }

    private static @Nullable Object shown(UaVariableNode node) {
        return node.getValue().value().value();
    }

    private UaFolderNode folder() {
        UaFolderNode folder = new UaFolderNode(
                getNodeContext(), newNodeId(ROOT), newQualifiedName(ROOT), LocalizedText.english(ROOT));
        getNodeManager().addNode(folder);
        folder.addReference(new Reference(
                folder.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), Reference.Direction.INVERSE));
        return folder;
    }

    private UaVariableNode variable(UaFolderNode folder, String name, OpcUaDataType type, AccessLevel... access) {
        UaVariableNode node = UaVariableNode.builder(getNodeContext())
                .setNodeId(newNodeId(ROOT + "." + name))
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(type.getNodeId())
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .setAccessLevel(access)
                .setUserAccessLevel(access)
                .buildAndAdd();
        folder.addOrganizes(node);
        return node;
    }
}
