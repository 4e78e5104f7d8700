package io.dinrail.messaging.api;

import java.time.Instant;

/**
 * One connected client.
 *
 * @param clientId its MQTT client id; of a client outside the default organisation followed by {@code @} and that organisation's id.
 * @param username its login name: bare in the default organisation, {@code name@organisation} elsewhere.
 * @param address where it connected from, {@code host:port}.
 * @param connectedAt since when, in UTC.
 */
public record Session(String clientId, String username, String address, Instant connectedAt) {}
