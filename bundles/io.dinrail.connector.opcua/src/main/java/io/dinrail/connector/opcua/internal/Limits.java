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
 */
record Limits(int nodesPerRead, int itemsPerCall) {
    private static final int MOST = 1000;

    /** @return what the server says, or a moderate number where it says nothing. */
    static Limits of(OpcUaClient client) {
        try {
            OperationLimits limits = client.readOperationLimits();
            return new Limits(limit(limits.maxNodesPerRead()), limit(limits.maxMonitoredItemsPerCall()));
        } catch (UaException e) {
            return new Limits(MOST, MOST);
        }
    }

    // 0 means no limit
    private static int limit(Optional<UInteger> said) {
        long limit = said.map(UInteger::longValue).orElse(0L);
        return limit == 0 ? MOST : (int) Math.min(limit, MOST);
    }
}
