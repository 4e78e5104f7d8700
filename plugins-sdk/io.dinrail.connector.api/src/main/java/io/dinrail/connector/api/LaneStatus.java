package io.dinrail.connector.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the host shows of one lane of a connection.
 *
 * @param name the lane, such as {@code unit 3}.
 * @param up whether its last exchange succeeded.
 * @param reason why it is down, one sentence; empty if it is up.
 * @param since when it came into that state, in UTC.
 * @param tags tags on it.
 * @param failures how often it failed.
 */
public record LaneStatus(String name, boolean up, String reason, Instant since, int tags, long failures) {
    public LaneStatus {
        requireNonNull(name);
        requireNonNull(reason);
        requireNonNull(since);
    }
}
