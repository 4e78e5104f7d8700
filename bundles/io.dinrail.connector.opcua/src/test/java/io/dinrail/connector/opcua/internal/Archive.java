package io.dinrail.connector.opcua.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;

/** What a server remembers, also over its own restarts; gives a few values at a time. */
final class Archive {
    final AtomicInteger requests = new AtomicInteger();
    private final Map<String, List<DataValue>> values = new ConcurrentHashMap<>();
    private volatile int mostAtOnce = 1000;

    void add(String node, DataValue value) {
        values.computeIfAbsent(node, key -> new CopyOnWriteArrayList<>()).add(value);
    }

    void giveAtOnce(int most) {
        mostAtOnce = most;
    }

    List<HistoryReadResult> read(OpcUaServer server, ReadRawModifiedDetails details, List<HistoryReadValueId> nodes) {
        requests.incrementAndGet();
        return nodes.stream().map(node -> read(server, details, node)).toList();
    }

    private HistoryReadResult read(OpcUaServer server, ReadRawModifiedDetails details, HistoryReadValueId node) {
        List<DataValue> all = new ArrayList<>();
        for (DataValue value :
                values.getOrDefault(node.getNodeId().getIdentifier().toString(), List.of())) {
            long time = value.sourceTime().getUtcTime();
            if (time >= details.getStartTime().getUtcTime()
                    && time < details.getEndTime().getUtcTime()) {
                all.add(value);
            }
        }
        ByteString point = node.getContinuationPoint();
        int from = point == null || point.isNullOrEmpty()
                ? 0
                : ByteBuffer.wrap(point.bytes()).getInt();
        int to = Math.min(
                all.size(),
                from + Math.min(mostAtOnce, details.getNumValuesPerNode().intValue()));
        HistoryData data = new HistoryData(all.subList(from, to).toArray(new DataValue[0]));
        return new HistoryReadResult(
                StatusCode.GOOD,
                to < all.size()
                        ? ByteString.of(ByteBuffer.allocate(4).putInt(to).array())
                        : ByteString.NULL_VALUE,
                ExtensionObject.encode(server.getStaticEncodingContext(), data));
    }
}
