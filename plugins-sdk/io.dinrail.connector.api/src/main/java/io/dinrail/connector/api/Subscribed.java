package io.dinrail.connector.api;

import java.time.Duration;

/**
 * A point to be reported by the device.
 *
 * @param point which.
 * @param interval how often the device should look, at the shortest.
 * @param <P> the protocol's parsed address.
 */
public record Subscribed<P>(P point, Duration interval) {}
