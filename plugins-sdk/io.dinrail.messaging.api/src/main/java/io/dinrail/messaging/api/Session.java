package io.dinrail.messaging.api;

import java.time.Instant;

/**
 * One connected client.
 *
 * @param clientId its MQTT client id.
 * @param username its login name.
 * @param address where it connected from, {@code host:port}.
 * @param connectedAt since when, in UTC.
 */
public record Session(String clientId, String username, String address, Instant connectedAt) {}
