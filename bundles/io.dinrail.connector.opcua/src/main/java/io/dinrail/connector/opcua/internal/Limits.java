package io.dinrail.connector.opcua.internal;

import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OperationLimits;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * How much a server takes at once.
 *
 * @param nodesPerRead values in one read.
 * @param itemsPerCall items added to a subscription in one call.
 * @param nodesPerBrowse nodes in one browse.
 * @param nodesPerHistoryRead nodes in one read of the history.
 */
record Limits(int nodesPerRead, int itemsPerCall, int nodesPerBrowse, int nodesPerHistoryRead) {
    private static final int MOST = 1000;
    private static final int MOST_HISTORIES = 20;

    /** @return what the server says, or a moderate number where it says nothing. */
    static Limits of(OpcUaClient client) {
        try {
            OperationLimits limits = client.readOperationLimits();
            return new Limits(
                    limit(limits.maxNodesPerRead(), MOST),
                    limit(limits.maxMonitoredItemsPerCall(), MOST),
                    limit(limits.maxNodesPerBrowse(), MOST),
                    limit(limits.maxNodesPerHistoryReadData(), MOST_HISTORIES));
        } catch (UaException e) {
            return new Limits(MOST, MOST, MOST, MOST_HISTORIES);
        }
    }

    // 0 means no limit
    private static int limit(Optional<UInteger> said, int most) {
        long limit = said.map(UInteger::longValue).orElse(0L);
        return limit == 0 ? most : (int) Math.min(limit, most);
    }
}
