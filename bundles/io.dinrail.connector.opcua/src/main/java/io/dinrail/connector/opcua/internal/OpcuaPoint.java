package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * One row of the tags file, understood. What type the node has, the server says; the row's type is only checked to be one.
 *
 * @param node the node, possibly by the URI of its namespace.
 * @param written the address as it stands in the tags file, for messages.
 */
record OpcuaPoint(ExpandedNodeId node, String written) {
    private static final Set<String> TYPES = Stream.concat(
                    Stream.of("bool uint8 int8 float32 float64 bytes".split(" ")),
                    Arrays.stream(OpcUaDataType.values())
                            .map(type -> type.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());

    /** @throws SettingException if a column of the row is refused. */
    static OpcuaPoint of(TagSpec tag) {
        if (!tag.type().isEmpty() && !TYPES.contains(tag.type().toLowerCase(Locale.ROOT))) {
            throw new SettingException("type", "'" + tag.type() + "' is no type of OPC UA nor of this platform");
        }
        String text = tag.address().trim();
        return new OpcuaPoint(node(text), text);
    }

    /** @return the node's id in a session; empty if the server has no such namespace. */
    Optional<NodeId> resolve(NamespaceTable namespaces) {
        return node.toNodeId(namespaces);
    }

    private static ExpandedNodeId node(String text) {
        try {
            ExpandedNodeId node = ExpandedNodeId.parse(text);
            if (node.isLocal() && node.isNotNull()) {
                return node;
            }
        } catch (UaRuntimeException | IllegalArgumentException e) {
            // refused below
        }
        throw new SettingException(
                "address", "'" + text + "' is no NodeId: write ns=2;s=Line1.Temp, i=2258 or nsu=URI;s=Line1.Temp");
    }

    @Override
    public String toString() {
        return written;
    }
}
