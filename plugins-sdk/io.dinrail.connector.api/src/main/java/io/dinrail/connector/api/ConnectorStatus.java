package io.dinrail.connector.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param counters by name: requests, answers, timeouts, failures, invalid and refused (also by kind, such as {@code invalid.wrong-unit}), bytesIn,
 *     bytesOut, roundTripP50Micros and roundTripP99Micros (of the last 1,024 answers), readings, suppressed (within the deadband), repeated (unchanged
 *     for {@code max.silence}), outOfRange, backfilled, overruns, writes, queue (requests and reports that wait now), restarts, lost, flooded (above
 *     {@code max.rate}).
 * @param problems rows or settings refused, each one sentence with file, line and column.
 * @param lastError what failed last, one sentence; empty if nothing did since the platform started.
 * @param lastErrorAt when that was, in UTC; empty if nothing failed.
 * @param lanes the lanes of the connection, if it has more than one.
 * @param facts what the connector shows of itself, see {@link Connector#facts}.
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
        List<String> problems,
        String lastError,
        Optional<Instant> lastErrorAt,
        List<LaneStatus> lanes,
        Map<String, String> facts) {
    public ConnectorStatus {
        counters = Map.copyOf(counters);
        problems = List.copyOf(problems);
        lanes = List.copyOf(lanes);
        facts = Map.copyOf(facts);
    }

    /**
     * A status without what the connector shows of itself.
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
     * @param counters by name.
     * @param problems rows or settings refused, each one sentence with file, line and column.
     */
    public ConnectorStatus(
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
        this(
                name,
                type,
                state,
                reason,
                since,
                tags,
                good,
                bad,
                stale,
                counters,
                problems,
                "",
                Optional.empty(),
                List.of(),
                Map.of());
    }
}
