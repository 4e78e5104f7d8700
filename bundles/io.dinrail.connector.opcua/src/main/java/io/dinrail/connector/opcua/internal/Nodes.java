package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.model.api.TagValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/** Writes values with their nodes' own types, and calls methods with theirs; what a session was told of types is kept. For the instance's thread. */
final class Nodes {
    private static final int HIGHEST_TYPE = 32;

    private final Session session;
    private final Client client;
    private final Browsing browsing;
    private final Map<NodeId, OpcUaDataType> types = new HashMap<>();
    private final Map<NodeId, Optional<OpcUaDataType>> builtin = new HashMap<>();

    Nodes(Session session) {
        this.session = session;
        this.client = session.client();
        this.browsing = new Browsing(session);
    }

    void write(OpcuaPoint point, TagValue value) throws ConnectorException {
        NodeId node = node(point);
        List<StatusCode> statuses;
        try {
            // value only: many servers refuse to be told a status or a time
            DataValue written = DataValue.valueOnly(Writing.variant(type(point, node), value));
            statuses = session.await(client.writeValuesAsync(List.of(node), List.of(written)));
        } catch (IllegalArgumentException e) {
            throw session.refused("'" + point + "' takes no such value: " + e.getMessage());
        }
        if (statuses.size() != 1) {
            throw session.broken("answered otherwise than asked when a value was written");
        }
        if (statuses.get(0).isBad()) {
            throw session.refused(statuses.get(0), "refuses to write '" + point + "'");
        }
    }

    List<TagValue> call(OpcuaPoint point, List<TagValue> arguments) throws ConnectorException {
        NodeId method = node(point);
        Variant[] inputs = inputs(point, method, arguments);
        Variant[] outputs = session.call(new CallMethodRequest(object(point, method), method, inputs));
        List<TagValue> results = new ArrayList<>();
        for (Variant output : outputs) {
            try {
                results.add(session.decoder().value(output));
            } catch (Decoder.Unsupported e) {
                // it was done, and only what it says of itself can't be told
                results.add(TagValue.of(String.valueOf(e.getMessage())));
            }
        }
        return results;
    }

    private NodeId object(OpcuaPoint point, NodeId method) throws ConnectorException {
        if (point.object().isPresent()) {
            return point.object()
                    .get()
                    .toNodeId(client.getNamespaceTable())
                    .orElseThrow(() -> session.refused(
                            "the object of '" + point + "' is in a namespace that this server does not have"));
        }
        return browsing.references(method, BrowseDirection.Inverse, NodeIds.HasComponent).stream()
                .filter(parent -> parent.getNodeClass() == NodeClass.Object)
                .findFirst()
                .flatMap(parent -> parent.getNodeId().toNodeId(client.getNamespaceTable()))
                .orElseThrow(
                        () -> session.refused("'" + point + "' belongs to no object: name one in the column 'object'"));
    }

    private Variant[] inputs(OpcuaPoint point, NodeId method, List<TagValue> given) throws ConnectorException {
        List<Argument> wanted = arguments(method);
        if (wanted.size() != given.size()) {
            throw session.refused("'" + point + "' takes " + wanted.size() + " arguments, not " + given.size());
        }
        Variant[] inputs = new Variant[given.size()];
        for (int i = 0; i < inputs.length; i++) {
            Argument argument = wanted.get(i);
            OpcUaDataType type = builtin(argument.getDataType())
                    .orElseThrow(() -> session.refused("the argument '" + argument.getName() + "' of '" + point
                            + "' has a type that can't be given"));
            try {
                inputs[i] = Writing.variant(type, given.get(i));
            } catch (IllegalArgumentException e) {
                throw session.refused("the argument '" + argument.getName() + "' of '" + point
                        + "' takes no such value: " + e.getMessage());
            }
        }
        return inputs;
    }

    private List<Argument> arguments(NodeId method) throws ConnectorException {
        for (ReferenceDescription property :
                browsing.references(method, BrowseDirection.Forward, NodeIds.HasProperty)) {
            if (new QualifiedName(0, "InputArguments").equals(property.getBrowseName())) {
                NodeId node = property.getNodeId()
                        .toNodeId(client.getNamespaceTable())
                        .orElse(NodeId.NULL_VALUE);
                Object value = session.read(List.of(node))[0].value().value();
                return value instanceof ExtensionObject[] structures
                        ? Arrays.stream(structures)
                                .map(structure -> structure.decode(client.getStaticEncodingContext()))
                                .filter(Argument.class::isInstance)
                                .map(Argument.class::cast)
                                .toList()
                        : List.of();
            }
        }
        return List.of();
    }

    private NodeId node(OpcuaPoint point) throws ConnectorException {
        return session.resolve(point)
                .orElseThrow(() -> session.refused("'" + point + "' is in a namespace that this server does not have"));
    }

    private OpcUaDataType type(OpcuaPoint point, NodeId node) throws ConnectorException {
        OpcUaDataType known = types.get(node);
        if (known == null) {
            known = askType(point, node);
            types.put(node, known);
        }
        return known;
    }

    private OpcUaDataType askType(OpcuaPoint point, NodeId node) throws ConnectorException {
        DataValue[] answers = session.await(client.readAsync(
                        0,
                        TimestampsToReturn.Neither,
                        List.of(attribute(node, AttributeId.DataType), attribute(node, AttributeId.Value))))
                .getResults();
        if (answers == null || answers.length != 2) {
            throw session.broken("answered otherwise than asked for the type of a node");
        }
        if (!(answers[0].value().value() instanceof NodeId type)) {
            throw session.refused(answers[0].statusCode(), "the type of '" + point + "' can't be read");
        }
        Optional<OpcUaDataType> builtin = builtin(type);
        // of a node that takes any number, the value tells which it has
        return builtin.or(() -> answers[1].value().getDataType())
                .orElseThrow(() -> session.refused("'" + point + "' has a type that can't be written"));
    }

    /** @return what a type is made of: the type itself, or the one that it is derived from; empty if it is abstract. */
    private Optional<OpcUaDataType> builtin(NodeId type) throws ConnectorException {
        if (builtin.containsKey(type)) {
            return builtin.get(type);
        }
        Optional<OpcUaDataType> found = Optional.empty();
        NodeId next = type;
        for (int i = 0; i < HIGHEST_TYPE && found.isEmpty(); i++) {
            if (NodeIds.Enumeration.equals(next)) {
                found = Optional.of(OpcUaDataType.Int32);
            } else {
                OpcUaDataType own = OpcUaDataType.fromNodeId(next);
                // the variant is where all abstract types end
                found = Optional.ofNullable(own).filter(any -> any != OpcUaDataType.Variant);
                if (own == OpcUaDataType.Variant) {
                    break;
                }
            }
            if (found.isEmpty()) {
                Optional<NodeId> parent = parent(next);
                if (parent.isEmpty()) {
                    break;
                }
                next = parent.get();
            }
        }
        builtin.put(type, found);
        return found;
    }

    private Optional<NodeId> parent(NodeId type) throws ConnectorException {
        return browsing.references(type, BrowseDirection.Inverse, NodeIds.HasSubtype).stream()
                .findFirst()
                .flatMap(reference -> reference.getNodeId().toNodeId(client.getNamespaceTable()));
    }

    private static ReadValueId attribute(NodeId node, AttributeId attribute) {
        return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
    }
}
