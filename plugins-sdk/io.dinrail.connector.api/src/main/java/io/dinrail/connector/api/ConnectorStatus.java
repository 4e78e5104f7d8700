package io.dinrail.connector.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the host shows of one connector instance.
 *
 * @param name its name.
 * @param type such as {@code modbus}.
 * @param state the state now.
 * @param reason why it is in that state, one sentence; empty if there is nothing to say.
 * @param since when it came into that state, in UTC.
 * @param tags tags configured.
 * @param good tags whose last reading is good.
 * @param bad tags whose last reading isn't good, stale ones included.
 * @param stale tags that were not heard of for longer than they may.
 * @param counters by name: requests, failures, readings, suppressed (within the deadband), overruns, writes, restarts, lost.
 * @param problems rows or settings refused, each one sentence with file, line and column.
 */
public record ConnectorStatus(
        String name,
        String type,
        ConnectorState state,
        String reason,
        Instant since,
        int tags,
        int good,
        int bad,
        int stale,
        Map<String, Long> counters,
        List<String> problems) {
    public ConnectorStatus {
        counters = Map.copyOf(counters);
        problems = List.copyOf(problems);
    }
}
