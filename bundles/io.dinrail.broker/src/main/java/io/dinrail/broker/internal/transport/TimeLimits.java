package io.dinrail.broker.internal.transport;

import java.time.Duration;

/**
 * How long a connection may take for what it must do before anybody knows it, and to be closed.
 *
 * @param proxy until the header of the PROXY protocol is there.
 * @param tls of the handshake.
 * @param webSocket of the handshake.
 * @param firstPacket until CONNECT is there, after all that.
 * @param linger from the order to close until the socket is closed, whether or not all was sent.
 */
record TimeLimits(Duration proxy, Duration tls, Duration webSocket, Duration firstPacket, Duration linger) {
    static final TimeLimits USUAL = new TimeLimits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
}
