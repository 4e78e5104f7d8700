package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/** One point that is reported, over all sessions; guarded by its {@link Reporting}. */
final class Item {
    final OpcuaPoint point;
    final Duration interval;
    /** The node in this session; its namespace may have another index in the next one. */
    volatile @Nullable NodeId node;
    /** What the server calls the item; none if it refused it. */
    volatile @Nullable UInteger serverId;
    /** The newest sample that was reported of it. */
    @Nullable
    Sample last;
    /** Whether anything was reported since the connection was made. */
    boolean fresh;
    /** Whether the server said that it keeps no history of it. */
    volatile boolean withoutHistory;

    Item(OpcuaPoint point, Duration interval) {
        this.point = point;
        this.interval = interval;
    }

    Optional<Instant> lastTime() {
        Sample known = last;
        return known == null ? Optional.empty() : known.sourceTime();
    }

    /** @return whether the server sends for a second time what was reported already, as it does after an outage. */
    boolean hasReported(Sample sample) {
        Sample known = last;
        return fresh
                && known != null
                && sample.sourceTime().isPresent()
                && sample.sourceTime().equals(known.sourceTime())
                && sample.equals(known);
    }
}
