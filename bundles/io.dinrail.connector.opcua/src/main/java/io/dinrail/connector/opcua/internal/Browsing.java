package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.BrowseEntry;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.connector.api.TagSpec.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.jspecify.annotations.Nullable;

/** Looks what a server shows of itself; for the instance's thread. */
final class Browsing {
    private static final int MOST = 10_000;
    private static final int PER_ANSWER = 1_000;
    private static final int ALL = 0x3F;
    private static final ViewDescription NO_VIEW = new ViewDescription(NodeId.NULL_VALUE, null, Unsigned.uint(0));

    private final Session session;
    private final Client client;

    Browsing(Session session) {
        this.session = session;
        this.client = session.client();
    }

    /** @return what stands beneath a node: objects, variables and methods; beneath the objects folder for an empty text. */
    List<BrowseEntry> browse(String node) throws ConnectorException {
        List<ReferenceDescription> found = new ArrayList<>();
        for (ReferenceDescription reference :
                references(node(node), BrowseDirection.Forward, NodeIds.HierarchicalReferences)) {
            if (kind(reference.getNodeClass()).isPresent()
                    && reference
                            .getNodeId()
                            .toNodeId(client.getNamespaceTable())
                            .isPresent()) {
                found.add(reference);
            }
        }
        List<NodeId> nodes = found.stream()
                .map(reference -> reference
                        .getNodeId()
                        .toNodeId(client.getNamespaceTable())
                        .orElseThrow())
                .toList();
        DataValue[] types = attributes(nodes, found, AttributeId.DataType);
        DataValue[] access = attributes(nodes, found, AttributeId.UserAccessLevel);
        List<BrowseEntry> entries = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            entries.add(entry(nodes.get(i), found.get(i), types[i], access[i]));
        }
        return entries;
    }

    /** @return the references of a node, at most 10,000. */
    List<ReferenceDescription> references(NodeId node, BrowseDirection direction, NodeId type)
            throws ConnectorException {
        BrowseDescription what =
                new BrowseDescription(node, direction, type, true, Unsigned.uint(0), Unsigned.uint(ALL));
        BrowseResult result = one(session.await(client.ask(
                        new BrowseRequest(
                                client.header(), NO_VIEW, Unsigned.uint(PER_ANSWER), new BrowseDescription[] {what}),
                        BrowseResponse.class))
                .getResults());
        List<ReferenceDescription> found = new ArrayList<>();
        while (true) {
            if (result.getStatusCode().isBad()) {
                throw session.refused(result.getStatusCode(), "shows nothing of " + node.toParseableString());
            }
            if (result.getReferences() != null) {
                found.addAll(Arrays.asList(result.getReferences()));
            }
            ByteString next = result.getContinuationPoint();
            if (next == null || next.isNullOrEmpty()) {
                return found;
            }
            boolean enough = found.size() >= MOST;
            BrowseResult more = next(next, enough);
            if (enough) {
                return found.subList(0, MOST);
            }
            result = more;
        }
    }

    // with a release the server forgets the rest
    private BrowseResult next(ByteString point, boolean release) throws ConnectorException {
        return one(session.await(client.ask(
                        new BrowseNextRequest(client.header(), release, new ByteString[] {point}),
                        BrowseNextResponse.class))
                .getResults());
    }

    private BrowseResult one(BrowseResult[] results) throws ConnectorException {
        if (results == null || results.length != 1) {
            throw session.broken("answered otherwise than asked when it was browsed");
        }
        return results[0];
    }

    /** @return an attribute of those that are variables; null for the others. */
    private DataValue[] attributes(List<NodeId> nodes, List<ReferenceDescription> found, AttributeId attribute)
            throws ConnectorException {
        DataValue[] values = new DataValue[nodes.size()];
        List<Integer> variables = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (found.get(i).getNodeClass() == NodeClass.Variable) {
                variables.add(i);
            }
        }
        int most = session.limits().nodesPerRead();
        for (int from = 0; from < variables.size(); from += most) {
            List<Integer> some = variables.subList(from, Math.min(variables.size(), from + most));
            DataValue[] answers = session.await(client.readAsync(
                            0,
                            TimestampsToReturn.Neither,
                            some.stream()
                                    .map(i -> new ReadValueId(
                                            nodes.get(i), attribute.uid(), null, QualifiedName.NULL_VALUE))
                                    .toList()))
                    .getResults();
            for (int i = 0; answers != null && i < Math.min(answers.length, some.size()); i++) {
                values[some.get(i)] = answers[i];
            }
        }
        return values;
    }

    private BrowseEntry entry(NodeId node, ReferenceDescription reference, DataValue type, DataValue access) {
        boolean method = reference.getNodeClass() == NodeClass.Method;
        return new BrowseEntry(
                node.expanded(client.getNamespaceTable()).toParseableString(),
                name(reference),
                kind(reference.getNodeClass()).orElse(""),
                method ? TagSpec.METHOD : type(type),
                access == null ? Optional.empty() : access(access.value().value()),
                !method);
    }

    private static String name(ReferenceDescription reference) {
        String shown = reference.getDisplayName() == null
                ? null
                : reference.getDisplayName().text();
        String own = reference.getBrowseName() == null
                ? null
                : reference.getBrowseName().name();
        return shown != null && !shown.isEmpty() ? shown : own == null ? "" : own;
    }

    private static String type(DataValue value) {
        return value != null && value.value().value() instanceof NodeId type
                ? Optional.ofNullable(OpcUaDataType.fromNodeId(type))
                        .map(Enum::name)
                        .orElse("")
                : "";
    }

    private static Optional<Access> access(@Nullable Object raw) {
        Set<AccessLevel> levels =
                raw instanceof UByte bits ? AccessLevel.fromValue(bits) : EnumSet.noneOf(AccessLevel.class);
        boolean reads = levels.contains(AccessLevel.CurrentRead);
        if (levels.contains(AccessLevel.CurrentWrite)) {
            return Optional.of(reads ? Access.RW : Access.W);
        }
        return reads ? Optional.of(Access.R) : Optional.empty();
    }

    private static Optional<String> kind(NodeClass nodeClass) {
        return switch (nodeClass) {
            case Object, Variable, Method -> Optional.of(nodeClass.name().toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private NodeId node(String text) throws ConnectorException {
        if (text.isEmpty()) {
            return NodeIds.ObjectsFolder;
        }
        try {
            return ExpandedNodeId.parse(text)
                    .toNodeId(client.getNamespaceTable())
                    .orElseThrow(
                            () -> session.refused("'" + text + "' is in a namespace that this server does not have"));
        } catch (UaRuntimeException | IllegalArgumentException e) {
            throw session.refused("'" + text + "' is no NodeId");
        }
    }
}
