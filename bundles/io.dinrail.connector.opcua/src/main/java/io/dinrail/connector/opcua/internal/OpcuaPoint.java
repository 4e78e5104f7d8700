package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
 * @param kind what the node is to the platform.
 * @param object on which a method is called; empty to find it.
 * @param way how its values come; empty for the connector's own way.
 * @param queue how many values the server keeps between two publications; 0 to choose.
 * @param deadband changes up to this aren't reported by the server, in the raw unit.
 */
record OpcuaPoint(
        ExpandedNodeId node,
        String written,
        Kind kind,
        Optional<ExpandedNodeId> object,
        Optional<Way> way,
        int queue,
        OptionalDouble deadband) {
    /** What a node is to the platform. */
    enum Kind {
        VALUE,
        METHOD,
        ALARMS
    }

    /** How values come. */
    enum Way {
        SUBSCRIBE,
        POLL
    }

    static final Set<String> COLUMNS = Set.of("mode", "queue", "object");

    private static final int LONGEST_QUEUE = 10_000;
    private static final Set<String> TYPES = Stream.concat(
                    Stream.of("bool uint8 int8 float32 float64 bytes method alarms".split(" ")),
                    Arrays.stream(OpcUaDataType.values())
                            .map(type -> type.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());

    /** @throws SettingException if a column of the row is refused. */
    static OpcuaPoint of(TagSpec tag) {
        if (!tag.type().isEmpty() && !TYPES.contains(tag.type().toLowerCase(Locale.ROOT))) {
            throw new SettingException("type", "'" + tag.type() + "' is no type of OPC UA nor of this platform");
        }
        String text = tag.address().trim();
        Map<String, String> more = tag.more();
        return new OpcuaPoint(
                node("address", text),
                text,
                kind(tag),
                Optional.ofNullable(more.get("object")).map(object -> node("object", object.trim())),
                Optional.ofNullable(more.get("mode")).map(OpcuaPoint::way),
                Optional.ofNullable(more.get("queue")).map(OpcuaPoint::queue).orElse(0),
                tag.deadband().isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(tag.deadband().getAsDouble() / Math.abs(tag.scale())));
    }

    /** @return the node's id in a session; empty if the server has no such namespace. */
    Optional<NodeId> resolve(NamespaceTable namespaces) {
        return node.toNodeId(namespaces);
    }

    private static Kind kind(TagSpec tag) {
        return switch (tag.type()) {
            case TagSpec.METHOD -> Kind.METHOD;
            case TagSpec.ALARMS -> Kind.ALARMS;
            default -> Kind.VALUE;
        };
    }

    private static Way way(String text) {
        return switch (text.trim()) {
            case "subscribe" -> Way.SUBSCRIBE;
            case "poll" -> Way.POLL;
            default -> throw new SettingException("mode", "'" + text + "' is none of poll, subscribe");
        };
    }

    private static int queue(String text) {
        try {
            int length = Integer.parseInt(text.trim());
            if (length >= 1 && length <= LONGEST_QUEUE) {
                return length;
            }
        } catch (NumberFormatException e) {
            // refused below, together with a number out of range
        }
        throw new SettingException("queue", "'" + text + "' is no whole number from 1 to " + LONGEST_QUEUE);
    }

    private static ExpandedNodeId node(String column, String text) {
        try {
            ExpandedNodeId node = ExpandedNodeId.parse(text);
            if (node.isLocal() && node.isNotNull()) {
                return node;
            }
        } catch (UaRuntimeException | IllegalArgumentException e) {
            // refused below
        }
        throw new SettingException(
                column, "'" + text + "' is no NodeId: write ns=2;s=Line1.Temp, i=2258 or nsu=URI;s=Line1.Temp");
    }

    @Override
    public String toString() {
        return written;
    }
}
