package io.dinrail.connector.opcua.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AccessContext;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.methods.MethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.model.objects.AlarmConditionTypeNode;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.StructureType;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;

/** A machine as a server shows it: a structure and an enumeration of its own, a method, an alarm, and much of one kind. */
final class Machine {
    static final int MANY = 1_200;

    private final TestServer server;
    private final UaFolderNode folder;
    private final UaVariableNode plain;
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private boolean active;
    private boolean seen;

    Machine(TestServer server) throws Exception {
        this.server = server;
        folder = folder("Machine", NodeIds.ObjectsFolder);
        plain = server.variable("Plain", OpcUaDataType.Int32, 10);
        folder.addOrganizes(plain);
        UaFolderNode many = folder("Many", folder.getNodeId());
        for (int i = 0; i < MANY; i++) {
            many.addOrganizes(server.variable("Many" + i, OpcUaDataType.Int32, i));
        }
        motion();
        mode();
        multiply();
        conditions();
    }

    void plain(int value) {
        plain.setValue(new DataValue(new Variant(value)));
    }

    NodeId encoding() {
        return server.id("MotionEncoding");
    }

    List<String> acknowledged() {
        return acknowledged;
    }

    /** Tells a state of the alarm. */
    void alarm(boolean isActive, boolean isSeen) throws UaException {
        active = isActive;
        seen = isSeen;
        fire();
    }

    private UaFolderNode folder(String name, NodeId parent) {
        UaFolderNode node = new UaFolderNode(
                server.context(), server.id(name), new QualifiedName(1, name), LocalizedText.english(name));
        server.context().getNodeManager().addNode(node);
        node.addReference(
                new Reference(node.getNodeId(), NodeIds.Organizes, parent.expanded(), Reference.Direction.INVERSE));
        return node;
    }

    private void motion() {
        UaDataTypeNode type = type("Motion", NodeIds.Structure);
        type.setDataTypeDefinition(new StructureDefinition(
                encoding(), NodeIds.Structure, StructureType.Structure, new StructureField[] {
                    field("Speed", NodeIds.Double, -1),
                    field("Name", NodeIds.String, -1),
                    field("Steps", NodeIds.Int32, 1)
                }));
        UaObjectNode encoding = new UaObjectNode(
                server.context(),
                encoding(),
                new QualifiedName(0, "Default Binary"),
                LocalizedText.english("Default Binary"),
                LocalizedText.NULL_VALUE,
                Unsigned.uint(0),
                Unsigned.uint(0));
        server.context().getNodeManager().addNode(encoding);
        encoding.addReference(new Reference(
                encoding.getNodeId(),
                NodeIds.HasTypeDefinition,
                NodeIds.DataTypeEncodingType.expanded(),
                Reference.Direction.FORWARD));
        type.addReference(new Reference(
                type.getNodeId(), NodeIds.HasEncoding, encoding.getNodeId().expanded(), Reference.Direction.FORWARD));
        ByteBuf body = Unpooled.buffer();
        OpcUaBinaryEncoder encoder = new OpcUaBinaryEncoder(server.server().getStaticEncodingContext()).setBuffer(body);
        encoder.encodeDouble(null, 1.5);
        encoder.encodeString(null, "filler");
        encoder.encodeInt32Array(null, new Integer[] {3, 4});
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        UaVariableNode variable = server.variable(
                "Motion", OpcUaDataType.ExtensionObject, ExtensionObject.of(ByteString.of(bytes), encoding()));
        variable.setDataType(type.getNodeId());
    }

    private void mode() {
        UaDataTypeNode type = type("Mode", NodeIds.Enumeration);
        type.setDataTypeDefinition(new EnumDefinition(new EnumField[] {
            new EnumField(1L, LocalizedText.english("off"), LocalizedText.NULL_VALUE, "Off"),
            new EnumField(2L, LocalizedText.english("on"), LocalizedText.NULL_VALUE, "On")
        }));
        server.variable("Mode", OpcUaDataType.Int32, 1).setDataType(type.getNodeId());
    }

    private UaDataTypeNode type(String name, NodeId parent) {
        UaDataTypeNode type = new UaDataTypeNode(
                server.context(),
                server.id(name + "Type"),
                new QualifiedName(1, name + "Type"),
                LocalizedText.english(name),
                LocalizedText.NULL_VALUE,
                Unsigned.uint(0),
                Unsigned.uint(0),
                false);
        server.context().getNodeManager().addNode(type);
        type.addReference(
                new Reference(type.getNodeId(), NodeIds.HasSubtype, parent.expanded(), Reference.Direction.INVERSE));
        return type;
    }

    private static StructureField field(String name, NodeId type, int rank) {
        return new StructureField(name, LocalizedText.NULL_VALUE, type, rank, null, Unsigned.uint(0), false);
    }

    private void multiply() {
        UaMethodNode method = UaMethodNode.builder(server.context())
                .setNodeId(server.id("Multiply"))
                .setBrowseName(new QualifiedName(1, "Multiply"))
                .setDisplayName(LocalizedText.english("Multiply"))
                .build();
        Multiplication handler = new Multiplication(method);
        method.setInputArguments(handler.getInputArguments());
        method.setOutputArguments(handler.getOutputArguments());
        method.setInvocationHandler(handler);
        server.context().getNodeManager().addNode(method);
        method.addReference(new Reference(
                method.getNodeId(), NodeIds.HasComponent, folder.getNodeId().expanded(), Reference.Direction.INVERSE));
    }

    private void conditions() throws Exception {
        answer(NodeIds.ConditionType_ConditionRefresh, request -> {
            fire(NodeIds.RefreshStartEventType);
            if (active) {
                fire();
            }
            fire(NodeIds.RefreshEndEventType);
        });
        answer(NodeIds.AcknowledgeableConditionType_Acknowledge, request -> {
            acknowledged.add(((LocalizedText) request.getInputArguments()[1].value()).text());
            alarm(active, true);
        });
        // a call goes to the method of the condition's type, by the condition
        UaObjectNode condition = new UaObjectNode(
                server.context(),
                server.id("Overheat"),
                new QualifiedName(1, "Overheat"),
                LocalizedText.english("Overheat"),
                LocalizedText.NULL_VALUE,
                Unsigned.uint(0),
                Unsigned.uint(0));
        server.context().getNodeManager().addNode(condition);
        condition.addReference(new Reference(
                condition.getNodeId(),
                NodeIds.HasTypeDefinition,
                NodeIds.AlarmConditionType.expanded(),
                Reference.Direction.FORWARD));
        condition.addReference(new Reference(
                condition.getNodeId(),
                NodeIds.HasComponent,
                NodeIds.AcknowledgeableConditionType_Acknowledge.expanded(),
                Reference.Direction.FORWARD));
    }

    private interface Action {
        void run(CallMethodRequest request) throws UaException;
    }

    private void answer(NodeId method, Action action) {
        UaNode node =
                server.server().getAddressSpaceManager().getManagedNode(method).orElseThrow();
        ((UaMethodNode) node).setInvocationHandler(new MethodInvocationHandler() {
            @Override
            public CallMethodResult invoke(AccessContext context, CallMethodRequest request) {
                try {
                    action.run(request);
                } catch (UaException e) {
                    throw new IllegalStateException(e);
                }
                return new CallMethodResult(StatusCode.GOOD, null, null, new Variant[0]);
            }
        });
    }

    private void fire(NodeId type) throws UaException {
        BaseEventTypeNode event = server.server().getEventFactory().createEvent(new NodeId(1, UUID.randomUUID()), type);
        describe(event, type);
        server.server().getEventNotifier().fire(event);
        event.delete();
    }

    private void fire() throws UaException {
        AlarmConditionTypeNode event = (AlarmConditionTypeNode)
                server.server().getEventFactory().createEvent(server.id("Overheat"), NodeIds.AlarmConditionType);
        describe(event, NodeIds.AlarmConditionType);
        event.setConditionName("Overheat");
        event.setRetain(true);
        event.setBranchId(NodeId.NULL_VALUE);
        event.getActiveStateNode().setId(active);
        event.getAckedStateNode().setId(seen);
        server.server().getEventNotifier().fire(event);
        event.delete();
    }

    private static void describe(BaseEventTypeNode event, NodeId type) {
        event.setEventId(ByteString.of(new byte[] {1, 2, 3}));
        event.setEventType(type);
        event.setSourceNode(NodeIds.Server);
        event.setSourceName("Filler");
        event.setTime(DateTime.now());
        event.setReceiveTime(DateTime.now());
        event.setMessage(LocalizedText.english("too hot"));
        event.setSeverity(Unsigned.ushort(900));
    }

    private static final class Multiplication extends AbstractMethodInvocationHandler {
        Multiplication(UaMethodNode node) {
            super(node);
        }

        @Override
        public Argument[] getInputArguments() {
            return new Argument[] {argument("factor", NodeIds.Int32), argument("other", NodeIds.Double)};
        }

        @Override
        public Argument[] getOutputArguments() {
            return new Argument[] {argument("product", NodeIds.Double), argument("remark", NodeIds.String)};
        }

        @Override
        protected Variant[] invoke(InvocationContext context, Variant[] inputs) throws UaException {
            int factor = (Integer) inputs[0].value();
            if (factor == 0) {
                throw new UaException(StatusCodes.Bad_OutOfRange);
            }
            return new Variant[] {new Variant(factor * (Double) inputs[1].value()), new Variant("done")};
        }

        private static Argument argument(String name, NodeId type) {
            return new Argument(name, type, -1, null, LocalizedText.NULL_VALUE);
        }
    }
}
