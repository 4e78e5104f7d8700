package io.dinrail.messaging.api;

/**
 * What went through the broker since it started, counted a moment ago.
 *
 * @param received messages that clients published and the broker took.
 * @param receivedBytes bytes of their topics, payloads and properties.
 * @param sent messages that were sent to clients; one that goes to three counts as three, and again when it is sent again.
 * @param sentBytes bytes of those.
 */
public record Traffic(long received, long receivedBytes, long sent, long sentBytes) {
    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);

    /** Refuses what is negative. */
    public Traffic {
        if (received < 0 || receivedBytes < 0 || sent < 0 || sentBytes < 0) {
            throw new IllegalArgumentException("nothing is counted below zero");
        }
    }
}
